import { randomBytes } from "node:crypto";
import type { FaultOf } from "../fault.ts";

type Flavour = FaultOf<"hostile-datagram">["flavour"];

/**
 * One of the ten datagrams that must do a console no harm, made from a true answer where that makes it worse.
 *
 * `lollipop` is the packet that ends processes which use a discovery library without an error listener.
 */
export function hostileDatagram(flavour: Flavour, answer: string): Buffer {
  switch (flavour) {
    case "lollipop":
      return Buffer.from("lollipop");
    case "entity":
      return Buffer.from(withDoctype(answer, '<!ENTITY e SYSTEM "file:///etc/passwd">', "&e;"));
    case "bomb":
      return Buffer.from(withDoctype(answer, bombEntities(), "&e9;"));
    case "deep":
      return Buffer.from(`<a>`.repeat(8_000) + `</a>`.repeat(8_000));
    case "bad-xml":
      return Buffer.from(answer.replace("</s:Body>", "</s:Bod"));
    case "no-body":
      return Buffer.from(answer.replace(/<s:Body>.*<\/s:Body>/s, ""));
    case "soap-fault":
      return Buffer.from(answer.replace(/<s:Body>.*<\/s:Body>/s, "<s:Body><s:Fault/></s:Body>"));
    case "prototype":
      return Buffer.from(
        answer.replaceAll(
          "<d:ProbeMatch>",
          "<d:ProbeMatch><__proto__><polluted>yes</polluted></__proto__><constructor>x</constructor>",
        ),
      );
    case "bad-utf8":
      return Buffer.concat([
        Buffer.from(answer.slice(0, 200)),
        Buffer.from([0xc0, 0xaf, 0xff, 0xfe]),
        Buffer.from(answer.slice(200)),
      ]);
    case "random":
      return randomBytes(1_200);
  }
}

function withDoctype(answer: string, definitions: string, use: string): string {
  const [head = "", ...rest] = answer.split("\n");
  return [head, `<!DOCTYPE s [${definitions}]>`, ...rest]
    .join("\n")
    .replace(/<d:Scopes>/, `<d:Scopes>${use} `);
}

function bombEntities(): string {
  const levels = Array.from(
    { length: 9 },
    (_, level) => `<!ENTITY e${String(level + 1)} "${`&e${String(level)};`.repeat(10)}">`,
  );
  return ['<!ENTITY e0 "bomb">', ...levels].join("");
}
