import { Menu } from "electron";

/**
 * The application menu: on macOS what the system expects (copy and paste hang on it), elsewhere none, because
 * the console's own keys do everything. No reload, no developer tools.
 */
export function setMenu(): void {
  if (process.platform !== "darwin") {
    Menu.setApplicationMenu(null);
    return;
  }
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([{ role: "appMenu" }, { role: "editMenu" }, { role: "windowMenu" }]),
  );
}
