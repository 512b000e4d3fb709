import { Shapes } from "lucide-react";
import type { Page } from "../../frame/page.ts";
import { GalleryView } from "./GalleryView.tsx";

/** Every component in every variant, for screenshots and accessibility tests; never part of a built window. */
export const galleryPage: Page = {
  id: "gallery",
  title: "page.gallery",
  icon: Shapes,
  keys: "Ctrl+9",
  place: "end",
  View: GalleryView,
};
