import { Banner } from "../design/Banner.tsx";
import { Button } from "../design/Button.tsx";
import { useSay } from "../messages/messages-context.tsx";
import { Moment } from "./Moment.tsx";
import { useFrame } from "./frame-context.tsx";

const severityOf = { info: "notice", warning: "warning", error: "serious" } as const;

/** The newest thing the console itself has to say, until it is closed. */
export function NoticeBanner() {
  const say = useSay();
  const notice = useFrame((frame) => frame.notices[0]);
  const dismiss = useFrame((frame) => frame.dismissNotice);
  if (notice === undefined) return null;
  return (
    <Banner
      severity={severityOf[notice.severity]}
      title={say(notice.message)}
      detail={
        <>
          <Moment at={notice.at} face="clock" /> {notice.detail}
        </>
      }
      actions={
        <Button size="small" onPress={() => dismiss(notice.id)}>
          {say("design.close")}
        </Button>
      }
    />
  );
}
