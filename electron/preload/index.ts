import { ipcRenderer } from "electron";

// The page asks for its ports by saying hello; main checks who asks. Nothing else crosses this line.
const toPage = (name: string): void => {
  ipcRenderer.on(name, (event) => window.postMessage(name, location.origin, event.ports));
};
toPage("watchfloor:rpc");
toPage("watchfloor:media");
window.addEventListener("message", (event) => {
  if (event.source === window && event.data === "watchfloor:hello") ipcRenderer.send("watchfloor:hello");
});
