import { dialog, screen, shell } from "electron";
import type { Monitor } from "../windows/placement.ts";

/** Shows a folder in the system's file browser. False: it could not. */
export const openFolder = async (folder: string): Promise<boolean> => (await shell.openPath(folder)) === "";

/** The monitors now, the primary one apart. */
export function monitors(): { all: readonly Monitor[]; primary: Monitor } {
  const toMonitor = ({ id, workArea }: Electron.Display): Monitor => ({ id, workArea });
  return {
    all: screen.getAllDisplays().map(toMonitor),
    primary: toMonitor(screen.getPrimaryDisplay()),
  };
}

/** A question before there is any window; answers the index of the button. */
export interface PersonQuestion {
  readonly title: string;
  readonly text: string;
  readonly buttons: readonly string[];
  /** What Enter presses, and what closing the dialog means. */
  readonly defaultButton: number;
  readonly cancelButton: number;
}

/** Asks a person in a dialog of the system. */
export async function askPerson(question: PersonQuestion): Promise<number> {
  const { title, text, buttons, defaultButton, cancelButton } = question;
  const { response } = await dialog.showMessageBox({
    type: "warning",
    title,
    message: title,
    detail: text,
    buttons: [...buttons],
    defaultId: defaultButton,
    cancelId: cancelButton,
    noLink: true,
  });
  return response;
}

/** Says before there is any window why the console cannot start; also on stderr, for runs without a desk. */
export function sayCannotStart(title: string, text: string, isUnattended: boolean): void {
  process.stderr.write(`${title}\n${text}\n`);
  if (!isUnattended) dialog.showErrorBox(title, text);
}
