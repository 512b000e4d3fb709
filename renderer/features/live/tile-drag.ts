import { ChannelId } from "../../../shared/base/ids.ts";

const tileType = "application/x-watchfloor-tile";
const channelType = "application/x-watchfloor-channel";

/** What is being dragged over a wall. */
export type Dragged =
  | { readonly kind: "tile"; readonly tileId: string }
  | { readonly kind: "channel"; readonly channelId: ChannelId };

/** Puts it on the pointer. */
export function startDrag(transfer: DataTransfer, dragged: Dragged): void {
  transfer.effectAllowed = dragged.kind === "tile" ? "move" : "copy";
  if (dragged.kind === "tile") transfer.setData(tileType, dragged.tileId);
  else transfer.setData(channelType, dragged.channelId);
}

/** Whether it is one of ours; the rest of it can only be read when it is dropped. */
export function isOurs(transfer: DataTransfer): boolean {
  return transfer.types.includes(tileType) || transfer.types.includes(channelType);
}

/** What was dropped; undefined when it is nothing of ours. */
export function dropped(transfer: DataTransfer): Dragged | undefined {
  const tileId = transfer.getData(tileType);
  if (tileId !== "") return { kind: "tile", tileId };
  const channelId = ChannelId.safeParse(transfer.getData(channelType));
  return channelId.success ? { kind: "channel", channelId: channelId.data } : undefined;
}
