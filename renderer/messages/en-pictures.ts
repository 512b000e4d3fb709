/** Pictures of recorded moments: see renderer/pictures. */
export const enPictures = {
  "picture.of": "Picture of {time}",
  "picture.unsupported": "No picture: this computer cannot decode {codec}",
  "picture.broken": "No picture: {detail}",
} as const;
