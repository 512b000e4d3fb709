import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { WindowState } from "../shared/contract/live.ts";
import { Button } from "./design/Button.tsx";
import { ErrorState } from "./design/ErrorState.tsx";
import { LoadingState } from "./design/LoadingState.tsx";
import { ToastQueue } from "./design/toasts.ts";
import { AppFrame } from "./frame/AppFrame.tsx";
import { FrameProvider } from "./frame/frame-context.tsx";
import { createFrameStore } from "./frame/frame-store.ts";
import type { Page } from "./frame/page.ts";
import { KeyboardProvider } from "./keyboard/KeyboardProvider.tsx";
import { MessagesProvider, useSay } from "./messages/messages-context.tsx";
import { messagesFor } from "./messages/messages.ts";
import type { MediaLink } from "./player/media-link.ts";
import { Pictures } from "./pictures/Pictures.tsx";
import { Players } from "./player/Players.tsx";
import { ConsoleProvider, useConsole, type ConsoleClient } from "./read-model/console-context.tsx";
import { TileStatesProvider } from "./read-model/tile-states.tsx";

export interface AppProps {
  readonly client: ConsoleClient;
  /** The way to the media process: the bridge's `mediaPort`. */
  readonly link: MediaLink;
  readonly pages: readonly Page[];
}

/** One window of the console: everything it needs, from the outside in. */
export function App({ client, link, pages }: AppProps) {
  const [messages] = useState(() => messagesFor("en"));
  const [queries] = useState(createQueryClient);
  return (
    <MessagesProvider messages={messages}>
      <QueryClientProvider client={queries}>
        <ConsoleProvider client={client}>
          <KeyboardProvider>
            <TileStatesProvider>
              <Players link={link}>
                <Pictures link={link}>
                  <OpenedWindow pages={pages} />
                </Pictures>
              </Players>
            </TileStatesProvider>
          </KeyboardProvider>
        </ConsoleProvider>
      </QueryClientProvider>
    </MessagesProvider>
  );
}

/** Feeds say when something changed, so nothing is asked again by itself. */
function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, retry: 1, networkMode: "always" } },
  });
}

function OpenedWindow({ pages }: { readonly pages: readonly Page[] }) {
  const say = useSay();
  const { queries } = useConsole();
  const kept = useQuery(queries.windows.state.queryOptions());
  if (kept.data !== undefined) return <FramedWindow start={kept.data} pages={pages} />;
  if (!kept.isError) return <LoadingState label={say("connection.loading")} />;
  return (
    <ErrorState
      title={say("connection.title")}
      cause={say("connection.cause")}
      remedy={say("connection.remedy")}
      detail={kept.error.message}
      action={
        <Button tone="primary" onPress={() => void kept.refetch()}>
          {say("design.retry")}
        </Button>
      }
    />
  );
}

function FramedWindow(props: { readonly start: WindowState; readonly pages: readonly Page[] }) {
  const [store] = useState(() => createFrameStore(props.start));
  const [toasts] = useState(() => new ToastQueue());
  return (
    <FrameProvider store={store} toasts={toasts}>
      <AppFrame pages={props.pages} />
    </FrameProvider>
  );
}
