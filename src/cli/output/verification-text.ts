import type { Verification } from '../../chart/provenance/verify.js'

/** Who signed an archive, as Helm prints it. */
export function verificationText ({ signedBy, fingerprint, fileHash }: Verification): string {
  return signedBy.map(name => `Signed by: ${name}\n`).join('') + `Using Key With Fingerprint: ${fingerprint}\nChart Hash Verified: ${fileHash}\n`
}
