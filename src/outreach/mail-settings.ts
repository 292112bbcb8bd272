/** How e-mails leave, or that they do not. Read by the mailer and, for alerts by e-mail, the courier. */
export interface MailSettings {
  /** The sender. Default "Millrace <millrace@localhost>". */
  readonly from?: string;
  /** smtp://user:password@host:port. Default: none, every e-mail stays in the local mailbox. Environment: MILLRACE_SMTP_URL. */
  readonly smtpUrl?: string;
}
