import type { ReactNode } from "react";
import { Collection, GridList, GridListItem, GridListLoadMoreItem } from "react-aria-components/GridList";
import { ListLayout, Virtualizer } from "react-aria-components/Virtualizer";
import { Button } from "../../design/Button.tsx";
import { ErrorState } from "../../design/ErrorState.tsx";
import { LoadingState } from "../../design/LoadingState.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import type { PagedList } from "./use-kept-lists.ts";
import styles from "./kept.module.css";

export interface KeptListProps<Item extends { readonly id: string }> {
  readonly label: string;
  readonly list: PagedList<Item>;
  /** What a line is called for people who hear it. */
  readonly nameOf: (item: Item) => string;
  readonly colourOf?: (item: Item) => string;
  /** Enter or a press on the line. */
  readonly onOpen: (item: Item) => void;
  readonly line: (item: Item) => ReactNode;
  readonly empty: ReactNode;
}

const lineHeight = 72;

/** Bookmarks or locks: only the visible lines are drawn, and the next page is read when the end comes near. */
export function KeptList<Item extends { readonly id: string }>(props: KeptListProps<Item>) {
  const say = useSay();
  const { list, line, nameOf, colourOf } = props;
  if (list.failure !== null) {
    return (
      <ErrorState
        title={say("review.list.failed")}
        cause={say("review.list.failedCause")}
        remedy={say("review.list.failedRemedy")}
        detail={list.failure.message}
        action={<Button onPress={list.readAgain}>{say("review.retry")}</Button>}
      />
    );
  }
  if (list.items === undefined) return <LoadingState label={say("review.loading")} />;
  if (list.items.length === 0) return props.empty;
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: lineHeight, gap: 4 }}>
      <GridList
        aria-label={props.label}
        className={styles.kept ?? ""}
        selectionMode="none"
        onAction={(key) => {
          const item = list.items?.find(({ id }) => id === key);
          if (item !== undefined) props.onOpen(item);
        }}
      >
        <Collection items={list.items} dependencies={[line]}>
          {(item) => (
            <GridListItem
              id={item.id}
              textValue={nameOf(item)}
              className={styles.keptLine ?? ""}
              data-colour={colourOf?.(item)}
            >
              {line(item)}
            </GridListItem>
          )}
        </Collection>
        <GridListLoadMoreItem onLoadMore={list.readMore} isLoading={list.isReading}>
          {say("review.loading")}
        </GridListLoadMoreItem>
      </GridList>
    </Virtualizer>
  );
}
