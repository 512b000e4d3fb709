import { createContext, useContext, type ReactNode } from "react";
import { messagesFor, type Messages, type Say } from "./messages.ts";

const MessagesContext = createContext<Messages>(messagesFor("en"));

/** Gives everything below it the words of one language. */
export function MessagesProvider(props: { readonly messages: Messages; readonly children: ReactNode }) {
  return <MessagesContext.Provider value={props.messages}>{props.children}</MessagesContext.Provider>;
}

/** `const say = useSay(); say("devices.title")`. */
export function useSay(): Say {
  return useContext(MessagesContext).say;
}
