import { Component, type ErrorInfo, type ReactNode } from "react";
import { Button } from "../design/Button.tsx";
import { ErrorState } from "../design/ErrorState.tsx";
import { useSay } from "../messages/messages-context.tsx";

export interface PageBoundaryProps {
  readonly onFault: (error: Error) => void;
  readonly children: ReactNode;
}

/** Keeps a fault in one page from taking the frame with it; says so and offers the page again. */
export class PageBoundary extends Component<PageBoundaryProps, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { readonly error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: unknown, _info: ErrorInfo): void {
    this.props.onFault(error instanceof Error ? error : new Error(String(error)));
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return <PageFault error={error} onReload={() => this.setState({ error: null })} />;
  }
}

function PageFault(props: { readonly error: Error; readonly onReload: () => void }) {
  const say = useSay();
  return (
    <ErrorState
      title={say("fault.title")}
      cause={say("fault.cause")}
      remedy={say("fault.remedy")}
      detail={props.error.stack ?? props.error.message}
      action={
        <Button tone="primary" onPress={props.onReload}>
          {say("fault.reload")}
        </Button>
      }
    />
  );
}
