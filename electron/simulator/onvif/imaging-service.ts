import type { DeviceModel, ImagingSetting } from "../device-model.ts";
import { namespaces } from "../xml/namespaces.ts";
import { child, descend, textAt, type XmlElement } from "../xml/read-xml.ts";
import { rawXml, xml, type Xml } from "../xml/write-xml.ts";
import { forOperators, forUsers, open, setting, type OnvifService } from "./operation.ts";
import { invalidArgument } from "./soap.ts";

const sliders = ["brightness", "saturation", "contrast", "sharpness"] as const;
const elementOf = {
  brightness: "Brightness",
  saturation: "ColorSaturation",
  contrast: "Contrast",
  sharpness: "Sharpness",
} as const;

/** The Imaging service: picture settings and focus of each video source. */
export const imagingService: OnvifService = {
  name: "imaging",
  prefix: "timg",
  namespace: namespaces.timg,
  path: "/onvif/imaging_service",
  version: { major: 2, minor: 6 },
  operations: new Map(
    Object.entries({
      GetServiceCapabilities: open(
        () =>
          xml`<timg:GetServiceCapabilitiesResponse><timg:Capabilities ImageStabilization="false" Presets="false"/></timg:GetServiceCapabilitiesResponse>`,
      ),
      GetImagingSettings: forUsers(({ device, body }) => {
        const settings = settingsOf(device, body);
        const values = sliders.map((slider) => element(elementOf[slider], settings[slider]));
        return xml`<timg:GetImagingSettingsResponse><timg:ImagingSettings>${values.slice(0, 3)}<tt:IrCutFilter>${settings.irCutFilter}</tt:IrCutFilter>${values[3]}</timg:ImagingSettings></timg:GetImagingSettingsResponse>`;
      }),
      SetImagingSettings: setting(({ device, body }) => {
        const settings = settingsOf(device, body);
        const wish = child(body, "ImagingSettings");
        const changed: ImagingSetting = { ...settings };
        for (const slider of sliders) {
          const text = textAt(wish, elementOf[slider]);
          if (text !== undefined) changed[slider] = readPercent(text);
        }
        const filter = textAt(wish, "IrCutFilter") ?? settings.irCutFilter;
        if (filter !== "ON" && filter !== "OFF" && filter !== "AUTO")
          throw invalidArgument("SettingsInvalid", "IrCutFilter");
        Object.assign(settings, { ...changed, irCutFilter: filter });
      }, "operator"),
      GetOptions: forUsers(({ device, body }) => {
        settingsOf(device, body);
        return xml`<timg:GetOptionsResponse><timg:ImagingOptions>${range("Brightness")}${range("ColorSaturation")}${range("Contrast")}<tt:IrCutFilterModes>ON</tt:IrCutFilterModes><tt:IrCutFilterModes>OFF</tt:IrCutFilterModes><tt:IrCutFilterModes>AUTO</tt:IrCutFilterModes>${range("Sharpness")}</timg:ImagingOptions></timg:GetOptionsResponse>`;
      }),
      GetStatus: forUsers(({ device, body }) => {
        const { focus } = settingsOf(device, body);
        return xml`<timg:GetStatusResponse><timg:Status><tt:FocusStatus20><tt:Position>${focus}</tt:Position><tt:MoveStatus>IDLE</tt:MoveStatus></tt:FocusStatus20></timg:Status></timg:GetStatusResponse>`;
      }),
      GetMoveOptions: forUsers(({ device, body }) => {
        settingsOf(device, body);
        return xml`<timg:GetMoveOptionsResponse><timg:MoveOptions><tt:Absolute><tt:Position><tt:Min>0</tt:Min><tt:Max>1</tt:Max></tt:Position></tt:Absolute></timg:MoveOptions></timg:GetMoveOptionsResponse>`;
      }),
      Move: forOperators(({ device, body }) => {
        const settings = settingsOf(device, body);
        const position = Number(textAt(descend(body, "Focus", "Absolute"), "Position") ?? "none");
        if (!(position >= 0 && position <= 1)) throw invalidArgument("SettingsInvalid", "Focus position");
        settings.focus = position;
        return undefined;
      }),
      Stop: forOperators(({ device, body }) => {
        settingsOf(device, body);
        return undefined;
      }),
    }),
  ),
};

function settingsOf(device: DeviceModel, body: XmlElement): ImagingSetting {
  const settings = device.imaging.get(textAt(body, "VideoSourceToken") ?? "");
  if (settings === undefined) throw invalidArgument("NoSource", "The video source does not exist");
  return settings;
}

function readPercent(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= 100))
    throw invalidArgument("SettingsInvalid", "Out of range");
  return value;
}

function element(name: string, value: number): Xml {
  return xml`<${rawXml(`tt:${name}`)}>${value}</${rawXml(`tt:${name}`)}>`;
}

function range(name: string): Xml {
  const tag = rawXml(`tt:${name}`);
  return xml`<${tag}><tt:Min>0</tt:Min><tt:Max>100</tt:Max></${tag}>`;
}
