// A bare Electron window on the pages of tests/renderer/dev: the same Chromium as the app, a console that is fake.
const { app, BrowserWindow } = require("electron");

void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1366, height: 768, useContentSize: true });
  return window.loadURL(process.env.PAGE_HOST_URL);
});
app.on("window-all-closed", () => app.quit());
