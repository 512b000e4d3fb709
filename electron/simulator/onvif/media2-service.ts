import type { DeviceModel, EncoderSetting, MediaProfile } from "../device-model.ts";
import { namespaces } from "../xml/namespaces.ts";
import { child, childrenNamed, textAt } from "../xml/read-xml.ts";
import { rawXml, xml, type Xml } from "../xml/write-xml.ts";
import * as parts from "./media-parts.ts";
import { forUsers, open, setting, type OnvifService, type Operation } from "./operation.ts";
import { invalidArgument, SoapFault } from "./soap.ts";

const operations: Readonly<Record<string, Operation>> = {
  GetServiceCapabilities: open(
    ({ device }) =>
      xml`<tr2:GetServiceCapabilitiesResponse><tr2:Capabilities SnapshotUri="${device.parts.snapshot(0) !== undefined}"><tr2:ProfileCapabilities MaximumNumberOfProfiles="8" ConfigurationsSupported="VideoSource VideoEncoder AudioSource AudioEncoder PTZ"/><tr2:StreamingCapabilities RTSPStreaming="true" RTPMulticast="false" RTP_RTSP_TCP="true"/></tr2:Capabilities></tr2:GetServiceCapabilitiesResponse>`,
  ),
  GetProfiles: forUsers(({ device, body }) => {
    const token = textAt(body, "Token");
    const types = childrenNamed(body, "Type").map((element) => element.text.trim());
    const chosen = token === undefined ? device.profiles : [device.profile(token)];
    const list = chosen.map((profile) => profileElement(device, profile, types));
    return xml`<tr2:GetProfilesResponse>${list}</tr2:GetProfilesResponse>`;
  }),
  GetStreamUri: forUsers(({ device, body }) => {
    const profile = device.profile(textAt(body, "ProfileToken"));
    const protocol = textAt(body, "Protocol") ?? "RTSP";
    if (!["RtspUnicast", "RTSP", "RtspOverHttp"].includes(protocol))
      throw invalidArgument("InvalidProtocol", "Protocol");
    if (protocol === "RtspOverHttp")
      throw new SoapFault(["ter:ActionNotSupported"], "No tunnel", "s:Receiver");
    return xml`<tr2:GetStreamUriResponse><tr2:Uri>${parts.streamUri(device, profile)}</tr2:Uri></tr2:GetStreamUriResponse>`;
  }),
  GetSnapshotUri: forUsers(({ device, body }) => {
    const profile = device.profile(textAt(body, "ProfileToken"));
    return xml`<tr2:GetSnapshotUriResponse><tr2:Uri>${parts.snapshotUri(device, profile)}</tr2:Uri></tr2:GetSnapshotUriResponse>`;
  }),
  GetVideoEncoderConfigurations: forUsers(({ device, body }) => {
    const list = chosenEncoders(device, textAt(body, "ConfigurationToken"), textAt(body, "ProfileToken")).map(
      (encoder) => encoderElement(encoder, "tr2:Configurations"),
    );
    return xml`<tr2:GetVideoEncoderConfigurationsResponse>${list}</tr2:GetVideoEncoderConfigurationsResponse>`;
  }),
  SetVideoEncoderConfiguration: setting(({ device, body }) => {
    const element = child(body, "Configuration");
    const old = device.encoder(element?.attributes.get("token"));
    const codec = textAt(element, "Encoding");
    if (codec !== "H264" && codec !== "H265") throw invalidArgument("ConfigModify", "Encoding");
    const gov = element?.attributes.get("GovLength");
    const wish = { codec, govLength: gov === undefined ? undefined : Number(gov), element } as const;
    device.encoders.set(old.token, parts.changedEncoder(old, wish));
  }),
  GetVideoEncoderConfigurationOptions: forUsers(() => {
    const list = (["H264", "H265"] as const).map(optionsElement);
    return xml`<tr2:GetVideoEncoderConfigurationOptionsResponse>${list}</tr2:GetVideoEncoderConfigurationOptionsResponse>`;
  }),
  GetVideoSourceConfigurations: forUsers(({ device }) => {
    const list = device.parts.sources.map(
      (_, index) =>
        xml`<tr2:Configurations token="${parts.sourceConfigToken(index)}">${parts.videoSourceConfiguration(device, index)}</tr2:Configurations>`,
    );
    return xml`<tr2:GetVideoSourceConfigurationsResponse>${list}</tr2:GetVideoSourceConfigurationsResponse>`;
  }),
  SetSynchronizationPoint: forUsers(({ device, body }) => {
    device.profile(textAt(body, "ProfileToken"));
    return undefined;
  }),
};

/** The Media2 service (version 2): knows H.265. Every call fails while `media2-broken` is on. */
export const media2Service: OnvifService = {
  name: "media2",
  prefix: "tr2",
  namespace: namespaces.tr2,
  path: "/onvif/media2_service",
  version: { major: 21, minor: 6 },
  operations: new Map(
    Object.entries(operations).map(([name, operation]) => [
      name,
      {
        ...operation,
        run: (call) => {
          if (call.device.parts.faults.find("media2-broken") === undefined) return operation.run(call);
          call.device.parts.counters.countFault("media2-broken");
          throw new SoapFault(["ter:Action"], "Internal error", "s:Receiver");
        },
      } satisfies Operation,
    ]),
  ),
};

function chosenEncoders(
  device: DeviceModel,
  token: string | undefined,
  profile: string | undefined,
): EncoderSetting[] {
  if (token !== undefined) return [device.encoder(token)];
  if (profile !== undefined) return [device.encoderOf(device.profile(profile))];
  return [...device.encoders.values()];
}

/** Without types a profile carries its name only (Media2, 5.2.2). */
function profileElement(device: DeviceModel, profile: MediaProfile, types: readonly string[]): Xml {
  const wants = (type: string): boolean => types.includes("All") || types.includes(type);
  const index = profile.sourceIndex;
  const { audio } = device.sourceOf(profile);
  const content: Xml[] = [];
  if (wants("VideoSource")) {
    content.push(
      xml`<tr2:VideoSource token="${parts.sourceConfigToken(index)}">${parts.videoSourceConfiguration(device, index)}</tr2:VideoSource>`,
    );
  }
  if (wants("AudioSource") && audio !== undefined) {
    content.push(
      xml`<tr2:AudioSource token="${parts.audioSourceConfigToken(index)}">${parts.audioSourceConfiguration(index)}</tr2:AudioSource>`,
    );
  }
  if (wants("VideoEncoder")) content.push(encoderElement(device.encoderOf(profile), "tr2:VideoEncoder"));
  if (wants("AudioEncoder") && audio !== undefined) {
    content.push(
      xml`<tr2:AudioEncoder token="${parts.audioEncoderToken(index)}"><tt:Name>Sound</tt:Name><tt:UseCount>2</tt:UseCount><tt:Encoding>${audio.codec === "AAC" ? "MP4A-LATM" : audio.codec}</tt:Encoding><tt:Bitrate>${audio.bitrateKbps}</tt:Bitrate><tt:SampleRate>${audio.sampleRate / 1_000}</tt:SampleRate></tr2:AudioEncoder>`,
    );
  }
  if (wants("PTZ") && device.parts.ptz !== undefined) content.push(parts.ptzConfiguration("tr2:PTZ"));
  const configurations =
    types.length === 0 ? undefined : xml`<tr2:Configurations>${content}</tr2:Configurations>`;
  return xml`<tr2:Profiles token="${profile.token}" fixed="${profile.fixed}"><tr2:Name>${profile.name}</tr2:Name>${configurations}</tr2:Profiles>`;
}

function encoderElement(encoder: EncoderSetting, element: string): Xml {
  const name = rawXml(element);
  return xml`<${name} token="${encoder.token}" GovLength="${encoder.govLength}" Profile="Main"><tt:Name>${encoder.name}</tt:Name><tt:UseCount>1</tt:UseCount><tt:Encoding>${encoder.codec}</tt:Encoding><tt:Resolution><tt:Width>${encoder.width}</tt:Width><tt:Height>${encoder.height}</tt:Height></tt:Resolution><tt:RateControl ConstantBitRate="false"><tt:FrameRateLimit>${encoder.fps}</tt:FrameRateLimit><tt:BitrateLimit>${encoder.bitrateKbps}</tt:BitrateLimit></tt:RateControl><tt:Quality>${encoder.quality}</tt:Quality></${name}>`;
}

function optionsElement(codec: "H264" | "H265"): Xml {
  const { quality, fps, govLength, bitrateKbps } = parts.encoderRanges;
  const sizes = parts.resolutions.map(
    ({ width, height }) =>
      xml`<tt:ResolutionsAvailable><tt:Width>${width}</tt:Width><tt:Height>${height}</tt:Height></tt:ResolutionsAvailable>`,
  );
  return xml`<tr2:Options GovLengthRange="${govLength.min} ${govLength.max}" FrameRatesSupported="${fps.max} 25 20 15 10 5 ${fps.min}" ProfilesSupported="Main" ConstantBitRateSupported="false"><tt:Encoding>${codec}</tt:Encoding><tt:QualityRange><tt:Min>${quality.min}</tt:Min><tt:Max>${quality.max}</tt:Max></tt:QualityRange>${sizes}<tt:BitrateRange><tt:Min>${bitrateKbps.min}</tt:Min><tt:Max>${bitrateKbps.max}</tt:Max></tt:BitrateRange></tr2:Options>`;
}
