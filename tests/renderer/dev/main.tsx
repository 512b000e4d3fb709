import "@fontsource-variable/inter/wght.css";
import "../../../renderer/design/tokens.css";
import "../../../renderer/design/base.css";
import { createRoot } from "react-dom/client";
import { App } from "../../../renderer/App.tsx";
import { galleryPage } from "../../../renderer/features/gallery/gallery-page.ts";
import { pages } from "../../../renderer/pages.tsx";
import { silentLink } from "../silent-link.ts";
import { createFakeConsole } from "../fake-console.ts";
import { siteFromQuery } from "./site-from-query.ts";

/* The real pages over a console that lives in this window: `?page=devices&rows=500&fail=devices.list`. */
const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
const { client } = createFakeConsole(siteFromQuery(new URLSearchParams(location.search)));
createRoot(root).render(<App client={client} link={silentLink} pages={[...pages, galleryPage]} />);
