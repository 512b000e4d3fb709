import type { DeviceRow } from "./device-row.ts";

/** Which devices the table shows. */
export type DeviceViewName = "all" | "findings" | "unreachable";

export const deviceViews: readonly DeviceViewName[] = ["all", "findings", "unreachable"];

/** Whether a device belongs to a view. */
export function isInView(row: DeviceRow, view: DeviceViewName): boolean {
  if (view === "findings") return row.findings.length > 0;
  if (view === "unreachable") return row.device.state.kind === "unreachable";
  return true;
}

/** The rows of a view that hold every word of the text somewhere: name, number, address, identity. */
export function filterRows(
  rows: readonly DeviceRow[],
  view: DeviceViewName,
  text: string,
): readonly DeviceRow[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return rows.filter((row) => isInView(row, view) && words.every((word) => searchText(row).includes(word)));
}

function searchText({ device, numbers }: DeviceRow): string {
  const { identity, address } = device;
  const channels = device.channels.map((channel) => channel.name);
  return [
    device.name,
    ...channels,
    ...numbers,
    address.host,
    identity.maker,
    identity.model,
    identity.firmware,
    identity.serial,
    identity.mac,
  ]
    .join(" ")
    .toLowerCase();
}
