import {
  createContext,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useState,
  type ReactNode,
} from "react";
import { useStore } from "zustand";
import type { ToastQueue } from "../design/toasts.ts";
import type { FrameActions, FrameState, FrameStore, Target } from "./frame-store.ts";

interface Frame {
  readonly store: FrameStore;
  readonly toasts: ToastQueue;
  /** What pages keep while they are not shown. */
  readonly kept: Map<string, unknown>;
}

const FrameContext = createContext<Frame | null>(null);

/** Gives pages the frame they stand in. */
export function FrameProvider(props: Omit<Frame, "kept"> & { readonly children: ReactNode }) {
  const { store, toasts, children } = props;
  const [kept] = useState(() => new Map<string, unknown>());
  const frame = useMemo(() => ({ store, toasts, kept }), [store, toasts, kept]);
  return <FrameContext.Provider value={frame}>{children}</FrameContext.Provider>;
}

function useFrameContext(): Frame {
  const frame = useContext(FrameContext);
  if (frame === null) throw new Error("no FrameProvider above this component");
  return frame;
}

/** `const goTo = useFrame((frame) => frame.goTo)`. */
export function useFrame<T>(select: (frame: FrameState & FrameActions) => T): T {
  return useStore(useFrameContext().store, select);
}

/** Short messages at the corner of the window. */
export function useToasts(): ToastQueue {
  return useFrameContext().toasts;
}

/**
 * Something of a page that outlives its being shown: made once a window, then the same one under that name.
 *
 * @param name the page's own, such as `devices`: one name always goes with one `make`.
 */
export function useKept<T>(name: string, make: () => T): T {
  const { kept } = useFrameContext();
  const [value] = useState(() => {
    if (!kept.has(name)) kept.set(name, make());
    return kept.get(name) as T;
  });
  return value;
}

/** Calls `onTarget` once for each thing of `kind` the page was asked to show. */
export function useTarget<K extends Target["kind"]>(
  kind: K,
  onTarget: (target: Extract<Target, { readonly kind: K }>) => void,
): void {
  const target = useFrame((frame) => frame.target);
  const take = useFrame((frame) => frame.takeTarget);
  const latest = useEffectEvent(onTarget);
  useEffect(() => {
    if (target === null || !isOfKind(target, kind)) return;
    take();
    latest(target);
  }, [target, kind, take]);
}

function isOfKind<K extends Target["kind"]>(
  target: Target,
  kind: K,
): target is Extract<Target, { readonly kind: K }> {
  return target.kind === kind;
}
