/** A recorded file cannot be read; the message says why in plain words and never holds what the file holds. */
export class RecordingFileError extends Error {
  override readonly name = "RecordingFileError";
}
