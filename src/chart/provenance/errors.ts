import { CodedError } from '../../errors.js'

/**
 * What is wrong with a signature, or with what it needs:
 *
 * - `unreadable`: the file system refused a keyring, an archive or a provenance file
 * - `invalid-keyring`: a keyring that is no OpenPGP, or holds no key that can be used
 * - `no-key`: no key of the keyring has the name asked for
 * - `ambiguous-key`: more than one has
 * - `no-secret-key`: the key found has no secret part, or not here
 * - `wrong-passphrase`: the secret key cannot be unlocked
 * - `not-an-archive`: a folder, or a file that is no `.tgz`, was to be verified
 * - `no-signature`: the provenance file holds no clear-signed message
 * - `invalid-message`: the signed message is not one of a chart's provenance
 * - `unknown-signer`: no key of the keyring made the signature
 * - `invalid-signature`: the signature does not belong to the text
 * - `expired`: the key or the signature is not valid any more, or not yet
 * - `revoked`: the key was revoked
 * - `digest-missing`: the message names no file of the archive's name
 * - `digest-mismatch`: the archive is not the one that was signed
 */
export type ProvenanceErrorCode =
  | 'unreadable' | 'invalid-keyring' | 'no-key' | 'ambiguous-key' | 'no-secret-key' | 'wrong-passphrase' | 'not-an-archive' | 'no-signature'
  | 'invalid-message' | 'unknown-signer' | 'invalid-signature' | 'expired' | 'revoked' | 'digest-missing' | 'digest-mismatch'

/** A failure to sign a chart or to verify its signature; worded as Helm words it. */
export class ProvenanceError extends CodedError<ProvenanceErrorCode> {}
