import {
  createContext,
  useContext,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
  type ReactNode,
} from "react";
import { useStore } from "zustand";
import { systemClock, type Clock } from "../../shared/base/clock.ts";
import type { Command } from "./command.ts";
import {
  addCommands,
  addSource,
  createKeyboardStore,
  takeNumbers,
  type KeyboardState,
  type KeyboardStore,
} from "./keyboard-store.ts";
import { HeldKeys } from "./held-keys.ts";
import type { PaletteItem, PaletteSource } from "./palette-source.ts";
import { placeOf, pressKey } from "./press-key.ts";

const KeyboardContext = createContext<KeyboardStore | null>(null);

/** Listens to the window's keys and lets everything below it register commands. */
export function KeyboardProvider(props: { readonly clock?: Clock; readonly children: ReactNode }) {
  const [store] = useState(createKeyboardStore);
  const clock = props.clock ?? systemClock;
  useEffect(() => {
    const held = new HeldKeys();
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const place = placeOf(event.target);
      if (held.press(store, event, place) || pressKey(store, event, place, clock.now()))
        event.preventDefault();
    };
    const onKeyUp = (event: KeyboardEvent): void => held.release(event.code);
    const onBlur = (): void => held.releaseAll();
    window.addEventListener("keydown", onKeyDown);
    window.addEventListener("keyup", onKeyUp);
    window.addEventListener("blur", onBlur);
    return () => {
      window.removeEventListener("keydown", onKeyDown);
      window.removeEventListener("keyup", onKeyUp);
      window.removeEventListener("blur", onBlur);
      held.releaseAll();
    };
  }, [store, clock]);
  return <KeyboardContext.Provider value={store}>{props.children}</KeyboardContext.Provider>;
}

function useKeyboardStore(): KeyboardStore {
  const store = useContext(KeyboardContext);
  if (store === null) throw new Error("no KeyboardProvider above this component");
  return store;
}

/** Reads the keyboard's state. */
export function useKeyboard<T>(select: (state: KeyboardState) => T): T {
  return useStore(useKeyboardStore(), select);
}

/**
 * Offers commands while the component is mounted. The set is fixed by ids at mount (and when an id
 * comes or goes); `run` and `isEnabled` are always those of the latest render.
 */
export function useCommands(commands: readonly Command[]): void {
  const store = useKeyboardStore();
  const latest = useRef(commands);
  useLayoutEffect(() => {
    latest.current = commands;
  });
  const signature = commands.map((command) => `${command.id}=${command.keys.join(",")}`).join(" ");
  useEffect(() => {
    const current = (id: string): Command | undefined => latest.current.find((command) => command.id === id);
    return addCommands(
      store,
      latest.current.map((command) => ({
        ...command,
        run: () => current(command.id)?.run(),
        ...(command.release === undefined ? {} : { release: () => current(command.id)?.release?.() }),
        isEnabled: () => current(command.id)?.isEnabled?.() ?? true,
      })),
    );
  }, [store, signature]);
}

/** Lets the palette find these items while the component is mounted; memoise `items`. */
export function usePaletteSource(
  id: string,
  title: PaletteSource["title"],
  items: readonly PaletteItem[],
): void {
  const store = useKeyboardStore();
  useEffect(() => addSource(store, { id, title, items }), [store, id, title, items]);
}

/**
 * Takes numbers typed as digits and Enter while the component is mounted.
 *
 * @param scope `page` goes before `everywhere`, which is the frame's.
 */
export function useNumberCall(onNumber: (number: number) => void, scope: Command["scope"] = "page"): void {
  const store = useKeyboardStore();
  const latest = useEffectEvent(onNumber);
  useEffect(() => takeNumbers(store, { scope, onNumber: (number) => latest(number) }), [store, scope]);
}

/** Forgets what was typed; for the overlay's own timeout. */
export function useClearNumber(): () => void {
  const store = useKeyboardStore();
  return () => store.setState({ entry: null });
}
