import { moveBy, noZoom, zoomAt, zoomTransform, type Zoom } from "../../player/zoom.ts";

export interface ZoomControlDeps {
  /** The tile: hears wheel and drag. */
  readonly element: HTMLElement;
  readonly onTransform: (css: string) => void;
  readonly onScale: (scale: number) => void;
}

const wheelStep = 1.2;

/** Digital zoom of one tile by wheel at the pointer, by drag, and by calls from the keyboard; draws nothing itself. */
export class ZoomControl {
  readonly #deps: ZoomControlDeps;
  #zoom: Zoom = noZoom;
  #drag: { readonly pointer: number; x: number; y: number } | undefined;

  constructor(deps: ZoomControlDeps) {
    this.#deps = deps;
  }

  get isZoomed(): boolean {
    return this.#zoom.scale > 1;
  }

  start(): void {
    const { element } = this.#deps;
    element.addEventListener("wheel", this.#wheel, { passive: false });
    element.addEventListener("pointerdown", this.#pointerDown);
    element.addEventListener("pointermove", this.#pointerMove);
    element.addEventListener("pointerup", this.#pointerUp);
    element.addEventListener("pointercancel", this.#pointerUp);
  }

  stop(): void {
    const { element } = this.#deps;
    element.removeEventListener("wheel", this.#wheel);
    element.removeEventListener("pointerdown", this.#pointerDown);
    element.removeEventListener("pointermove", this.#pointerMove);
    element.removeEventListener("pointerup", this.#pointerUp);
    element.removeEventListener("pointercancel", this.#pointerUp);
    this.reset();
  }

  zoomBy(factor: number, at = { x: 0.5, y: 0.5 }): void {
    this.#show(zoomAt(this.#zoom, factor, at));
  }

  /** Moves the view by a share of the tile; only when zoomed. */
  panBy(dx: number, dy: number): void {
    if (this.isZoomed) this.#show(moveBy(this.#zoom, dx, dy));
  }

  reset(): void {
    this.#show(noZoom);
  }

  #show(zoom: Zoom): void {
    const before = this.#zoom;
    this.#zoom = zoom;
    this.#deps.onTransform(zoomTransform(zoom));
    if (zoom.scale !== before.scale) this.#deps.onScale(zoom.scale);
  }

  readonly #wheel = (event: WheelEvent): void => {
    if (event.deltaY === 0) return;
    event.preventDefault();
    const box = this.#deps.element.getBoundingClientRect();
    const at = { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
    this.zoomBy(event.deltaY < 0 ? wheelStep : 1 / wheelStep, at);
  };

  readonly #pointerDown = (event: PointerEvent): void => {
    const isOnControl = event.target instanceof Element && event.target.closest("button") !== null;
    if (event.button !== 0 || !this.isZoomed || isOnControl) return;
    this.#drag = { pointer: event.pointerId, x: event.clientX, y: event.clientY };
    this.#deps.element.setPointerCapture(event.pointerId);
  };

  readonly #pointerMove = (event: PointerEvent): void => {
    if (this.#drag?.pointer !== event.pointerId) return;
    const { width, height } = this.#deps.element.getBoundingClientRect();
    this.panBy((event.clientX - this.#drag.x) / width, (event.clientY - this.#drag.y) / height);
    this.#drag.x = event.clientX;
    this.#drag.y = event.clientY;
  };

  readonly #pointerUp = (event: PointerEvent): void => {
    if (this.#drag?.pointer !== event.pointerId) return;
    this.#drag = undefined;
    this.#deps.element.releasePointerCapture(event.pointerId);
  };
}
