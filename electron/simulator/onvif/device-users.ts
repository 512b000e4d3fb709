import type { UserLevel } from "../auth/user-accounts.ts";
import { childrenNamed, textAt, type XmlElement } from "../xml/read-xml.ts";
import { xml } from "../xml/write-xml.ts";
import { forAdministrators, setting, type Operation } from "./operation.ts";
import { invalidArgument, SoapFault } from "./soap.ts";

const levels: readonly UserLevel[] = ["Administrator", "Operator", "User"];
const maxUsers = 16;

/** User handling of the Device service. Passwords go in and never come out. */
export const userOperations: Readonly<Record<string, Operation>> = {
  GetUsers: forAdministrators(({ device }) => {
    const users = device.parts.accounts.all.map(
      (account) =>
        xml`<tds:User><tt:Username>${account.username}</tt:Username><tt:UserLevel>${account.level}</tt:UserLevel></tds:User>`,
    );
    return xml`<tds:GetUsersResponse>${users}</tds:GetUsersResponse>`;
  }),
  CreateUsers: setting(({ device, body }) => {
    const { accounts } = device.parts;
    const fresh = childrenNamed(body, "User").map(readUser);
    for (const user of fresh) {
      if (accounts.find(user.username) !== undefined) {
        throw new SoapFault(["ter:OperationProhibited", "ter:UsernameClash"], "Username already exists");
      }
    }
    if (accounts.all.length + fresh.length > maxUsers) {
      throw new SoapFault(
        ["ter:Action", "ter:TooManyUsers"],
        "Maximum number of users reached",
        "s:Receiver",
      );
    }
    for (const user of fresh) accounts.set(user);
  }),
  SetUser: setting(({ device, body }) => {
    const { accounts } = device.parts;
    for (const element of childrenNamed(body, "User")) {
      const old = accounts.find(textAt(element, "Username") ?? "");
      if (old === undefined) throw invalidArgument("UsernameMissing", "Username not recognised");
      const password = textAt(element, "Password") ?? old.password;
      accounts.set({ ...old, password, level: readLevel(element) });
    }
  }),
  DeleteUsers: setting(({ device, body }) => {
    for (const element of childrenNamed(body, "Username")) {
      const username = element.text.trim();
      const { accounts } = device.parts;
      const account = accounts.find(username);
      if (account === undefined) throw invalidArgument("UsernameMissing", "Username not recognised");
      const administrators = accounts.all.filter((one) => one.level === "Administrator");
      if (account.level === "Administrator" && administrators.length === 1) {
        throw invalidArgument("FixedUser", "The last administrator stays");
      }
      accounts.delete(username);
    }
  }),
};

function readUser(element: XmlElement): { username: string; password: string; level: UserLevel } {
  const username = textAt(element, "Username") ?? "";
  const password = textAt(element, "Password") ?? "";
  if (username === "" || username.length > 64)
    throw invalidArgument("UsernameTooShort", "A user has no name");
  if (password.length < 4) {
    throw new SoapFault(["ter:OperationProhibited", "ter:PasswordTooWeak"], "Too weak password");
  }
  return { username, password, level: readLevel(element) };
}

function readLevel(element: XmlElement): UserLevel {
  const text = textAt(element, "UserLevel");
  const level = levels.find((candidate) => candidate === text);
  if (level === undefined) throw invalidArgument("InvalidUserLevel", "UserLevel");
  return level;
}
