import { tokenOf, type DeviceModel, type EncoderSetting, type MediaProfile } from "../device-model.ts";
import { namespaces } from "../xml/namespaces.ts";
import { child, textAt } from "../xml/read-xml.ts";
import { rawXml, xml, type Xml } from "../xml/write-xml.ts";
import * as parts from "./media-parts.ts";
import {
  forAdministrators,
  forUsers,
  open,
  setting,
  type OnvifService,
  type Operation,
} from "./operation.ts";
import { invalidArgument, SoapFault } from "./soap.ts";

const maxProfiles = 8;

/** Media1 knows no H.265: profiles whose encoder is set to it are missing from its lists, as with real cameras. */
function listed(device: DeviceModel): MediaProfile[] {
  return device.profiles.filter((profile) => device.encoderOf(profile).codec === "H264");
}

const profileOperations: Readonly<Record<string, Operation>> = {
  GetProfiles: forUsers(({ device }) => {
    const list = listed(device).map((profile) => profileElement(device, profile, "trt:Profiles"));
    return xml`<trt:GetProfilesResponse>${list}</trt:GetProfilesResponse>`;
  }),
  GetProfile: forUsers(({ device, body }) => {
    const profile = device.profile(textAt(body, "ProfileToken"));
    return xml`<trt:GetProfileResponse>${profileElement(device, profile, "trt:Profile")}</trt:GetProfileResponse>`;
  }),
  CreateProfile: forAdministrators(({ device, body }) => {
    const name = textAt(body, "Name") ?? "";
    const token = textAt(body, "Token") ?? `Profile_${String(Date.now())}`;
    if (name === "" || name.length > 64) throw invalidArgument("InvalidName", "The profile has no name");
    if (device.profiles.some((profile) => profile.token === token))
      throw invalidArgument("ProfileExists", "Token is taken");
    if (device.profiles.length >= maxProfiles * device.parts.sources.length) {
      throw new SoapFault(["ter:Action", "ter:MaxNVTProfiles"], "Maximum number reached", "s:Receiver");
    }
    const profile: MediaProfile = { token, name, fixed: false, sourceIndex: 0, role: "sub" };
    device.profiles.push(profile);
    return xml`<trt:CreateProfileResponse>${profileElement(device, profile, "trt:Profile")}</trt:CreateProfileResponse>`;
  }),
  DeleteProfile: setting(({ device, body }) => {
    const profile = device.profile(textAt(body, "ProfileToken"));
    if (profile.fixed)
      throw new SoapFault(["ter:Action", "ter:DeletionOfFixedProfile"], "The profile is fixed");
    device.profiles = device.profiles.filter((one) => one !== profile);
  }),
  GetStreamUri: forUsers(({ device, body }) => {
    const profile = device.profile(textAt(body, "ProfileToken"));
    const stream = textAt(body, "StreamSetup", "Stream");
    if (stream !== undefined && stream !== "RTP-Unicast")
      throw invalidArgument("InvalidStreamSetup", "Unicast only");
    return xml`<trt:GetStreamUriResponse><trt:MediaUri><tt:Uri>${parts.streamUri(device, profile)}</tt:Uri><tt:InvalidAfterConnect>false</tt:InvalidAfterConnect><tt:InvalidAfterReboot>true</tt:InvalidAfterReboot><tt:Timeout>PT0S</tt:Timeout></trt:MediaUri></trt:GetStreamUriResponse>`;
  }),
  GetSnapshotUri: forUsers(({ device, body }) => {
    const profile = device.profile(textAt(body, "ProfileToken"));
    return xml`<trt:GetSnapshotUriResponse><trt:MediaUri><tt:Uri>${parts.snapshotUri(device, profile)}</tt:Uri><tt:InvalidAfterConnect>false</tt:InvalidAfterConnect><tt:InvalidAfterReboot>true</tt:InvalidAfterReboot><tt:Timeout>PT0S</tt:Timeout></trt:MediaUri></trt:GetSnapshotUriResponse>`;
  }),
};

const sourceOperations: Readonly<Record<string, Operation>> = {
  GetVideoSources: forUsers(({ device }) => {
    const list = device.parts.sources.map(
      (source) =>
        xml`<trt:VideoSources token="${source.token}"><tt:Framerate>${source.main.fps}</tt:Framerate><tt:Resolution><tt:Width>${source.main.width}</tt:Width><tt:Height>${source.main.height}</tt:Height></tt:Resolution></trt:VideoSources>`,
    );
    return xml`<trt:GetVideoSourcesResponse>${list}</trt:GetVideoSourcesResponse>`;
  }),
  GetVideoSourceConfigurations: forUsers(({ device }) => {
    const list = device.parts.sources.map(
      (_, index) =>
        xml`<trt:Configurations token="${parts.sourceConfigToken(index)}">${parts.videoSourceConfiguration(device, index)}</trt:Configurations>`,
    );
    return xml`<trt:GetVideoSourceConfigurationsResponse>${list}</trt:GetVideoSourceConfigurationsResponse>`;
  }),
  GetAudioSources: forUsers(({ device }) => {
    const list = device.parts.sources.flatMap((source, index) =>
      source.audio === undefined
        ? []
        : [
            xml`<trt:AudioSources token="${tokenOf("AudioSource", index)}"><tt:Channels>1</tt:Channels></trt:AudioSources>`,
          ],
    );
    return xml`<trt:GetAudioSourcesResponse>${list}</trt:GetAudioSourcesResponse>`;
  }),
};

const encoderOperations: Readonly<Record<string, Operation>> = {
  GetVideoEncoderConfigurations: forUsers(({ device }) => {
    const list = [...device.encoders.values()]
      .filter((encoder) => encoder.codec === "H264")
      .map((encoder) => encoderElement(encoder, "trt:Configurations"));
    return xml`<trt:GetVideoEncoderConfigurationsResponse>${list}</trt:GetVideoEncoderConfigurationsResponse>`;
  }),
  GetVideoEncoderConfiguration: forUsers(({ device, body }) => {
    const encoder = device.encoder(textAt(body, "ConfigurationToken"));
    return xml`<trt:GetVideoEncoderConfigurationResponse>${encoderElement(encoder, "trt:Configuration")}</trt:GetVideoEncoderConfigurationResponse>`;
  }),
  SetVideoEncoderConfiguration: setting(({ device, body }) => {
    const element = child(body, "Configuration");
    const old = device.encoder(element?.attributes.get("token"));
    if (textAt(element, "Encoding") !== "H264") throw invalidArgument("ConfigModify", "Encoding");
    const gov = textAt(element, "H264", "GovLength");
    const wish = { codec: "H264", govLength: gov === undefined ? undefined : Number(gov), element } as const;
    device.encoders.set(old.token, parts.changedEncoder(old, wish));
  }),
  GetVideoEncoderConfigurationOptions: forUsers(() => {
    const sizes = parts.resolutions.map(
      ({ width, height }) =>
        xml`<tt:ResolutionsAvailable><tt:Width>${width}</tt:Width><tt:Height>${height}</tt:Height></tt:ResolutionsAvailable>`,
    );
    const { quality, fps, govLength, bitrateKbps } = parts.encoderRanges;
    return xml`<trt:GetVideoEncoderConfigurationOptionsResponse><trt:Options>${range("QualityRange", quality)}<tt:H264>${sizes}${range("GovLengthRange", govLength)}${range("FrameRateRange", fps)}${range("EncodingIntervalRange", { min: 1, max: 1 })}<tt:H264ProfilesSupported>Baseline</tt:H264ProfilesSupported><tt:H264ProfilesSupported>Main</tt:H264ProfilesSupported><tt:H264ProfilesSupported>High</tt:H264ProfilesSupported></tt:H264><tt:Extension><tt:H264>${sizes}${range("GovLengthRange", govLength)}${range("FrameRateRange", fps)}${range("EncodingIntervalRange", { min: 1, max: 1 })}<tt:H264ProfilesSupported>Main</tt:H264ProfilesSupported>${range("BitrateRange", bitrateKbps)}</tt:H264></tt:Extension></trt:Options></trt:GetVideoEncoderConfigurationOptionsResponse>`;
  }),
};

/** The Media service (version 1). */
export const mediaService: OnvifService = {
  name: "media",
  prefix: "trt",
  namespace: namespaces.trt,
  path: "/onvif/media_service",
  version: { major: 2, minor: 6 },
  operations: new Map(
    Object.entries({
      GetServiceCapabilities: open(
        ({ device }) =>
          xml`<trt:GetServiceCapabilitiesResponse><trt:Capabilities SnapshotUri="${device.parts.snapshot(0) !== undefined}"><trt:ProfileCapabilities MaximumNumberOfProfiles="${maxProfiles}"/><trt:StreamingCapabilities RTPMulticast="false" RTP_TCP="true" RTP_RTSP_TCP="true"/></trt:Capabilities></trt:GetServiceCapabilitiesResponse>`,
      ),
      ...profileOperations,
      ...sourceOperations,
      ...encoderOperations,
      SetSynchronizationPoint: forUsers(({ device, body }) => {
        device.profile(textAt(body, "ProfileToken"));
        return undefined;
      }),
    }),
  ),
};

function profileElement(device: DeviceModel, profile: MediaProfile, element: string): Xml {
  const name = rawXml(element);
  const { sourceIndex: index } = profile;
  const { audio } = device.sourceOf(profile);
  const sound =
    audio === undefined
      ? undefined
      : xml`<tt:AudioSourceConfiguration token="${parts.audioSourceConfigToken(index)}">${parts.audioSourceConfiguration(index)}</tt:AudioSourceConfiguration>`;
  const soundEncoder =
    audio === undefined
      ? undefined
      : xml`<tt:AudioEncoderConfiguration token="${parts.audioEncoderToken(index)}"><tt:Name>Sound</tt:Name><tt:UseCount>2</tt:UseCount><tt:Encoding>${audio.codec === "AAC" ? "AAC" : "G711"}</tt:Encoding><tt:Bitrate>${audio.bitrateKbps}</tt:Bitrate><tt:SampleRate>${audio.sampleRate / 1_000}</tt:SampleRate>${parts.noMulticast}<tt:SessionTimeout>PT60S</tt:SessionTimeout></tt:AudioEncoderConfiguration>`;
  const ptz = device.parts.ptz === undefined ? undefined : parts.ptzConfiguration("tt:PTZConfiguration");
  return xml`<${name} token="${profile.token}" fixed="${profile.fixed}"><tt:Name>${profile.name}</tt:Name><tt:VideoSourceConfiguration token="${parts.sourceConfigToken(index)}">${parts.videoSourceConfiguration(device, index)}</tt:VideoSourceConfiguration>${sound}${encoderElement(device.encoderOf(profile), "tt:VideoEncoderConfiguration")}${soundEncoder}${ptz}</${name}>`;
}

function encoderElement(encoder: EncoderSetting, element: string): Xml {
  const name = rawXml(element);
  return xml`<${name} token="${encoder.token}"><tt:Name>${encoder.name}</tt:Name><tt:UseCount>1</tt:UseCount><tt:Encoding>${encoder.codec}</tt:Encoding><tt:Resolution><tt:Width>${encoder.width}</tt:Width><tt:Height>${encoder.height}</tt:Height></tt:Resolution><tt:Quality>${encoder.quality}</tt:Quality><tt:RateControl><tt:FrameRateLimit>${encoder.fps}</tt:FrameRateLimit><tt:EncodingInterval>1</tt:EncodingInterval><tt:BitrateLimit>${encoder.bitrateKbps}</tt:BitrateLimit></tt:RateControl><tt:H264><tt:GovLength>${encoder.govLength}</tt:GovLength><tt:H264Profile>Main</tt:H264Profile></tt:H264>${parts.noMulticast}<tt:SessionTimeout>PT60S</tt:SessionTimeout></${name}>`;
}

function range(element: string, { min, max }: { readonly min: number; readonly max: number }): Xml {
  const name = rawXml(`tt:${element}`);
  return xml`<${name}><tt:Min>${min}</tt:Min><tt:Max>${max}</tt:Max></${name}>`;
}
