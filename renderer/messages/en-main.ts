/** Sentences whose keys come from the main process: job titles and notices. */
export const enMain = {
  "job.adopt": "Adopting cameras",
  "job.demo": "Starting the simulated site",
  "job.discovery": "Looking for cameras",
  "job.refresh": "Reading a camera again",
  "job.sweep": "Sweeping an address range",
  "notice.media-restarted": "The picture service stopped and was started again",
  "notice.media-failed": "The picture service keeps stopping",
  "notice.window-restarted": "A window stopped and was opened again",
  "notice.store-corrupt": "The site database is damaged",
  "notice.store-newer": "The site database was made by a newer version",
  "notice.disk-full": "The disk is full",
  "notice.vault-locked": "The stored logins are locked",
} as const;
