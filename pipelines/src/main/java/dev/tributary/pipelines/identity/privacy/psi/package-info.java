/**
 * Private set intersection of exact identifiers (e-mail addresses, phone numbers) by Diffie–Hellman
 * (Meadows 1986; Huberman, Franklin, Hogg 1999), as an exchange of two files.
 *
 * <p>A hashes its identifiers to a group, raises them to a secret exponent and sends them; B raises
 * these to its own exponent, adds its own identifiers raised to it, and answers; A raises B's to
 * its exponent and sees which are equal. A learns the intersection (or, if B shuffles, only its
 * size) and how many identifiers B has; B learns how many A has.
 *
 * <p>The group is the prime-order subgroup of Curve25519, points up to sign, of about 2^252
 * elements: identifiers are hashed by RFC 9380's curve25519_XMD:SHA-512_ELL2_RO_, exponentiation is
 * X25519 (RFC 7748) of the Java platform, whose scalars are multiples of the cofactor. Secure
 * against semi-honest parties under the decisional Diffie–Hellman assumption with the hash as a
 * random oracle; a party that lies about its input (puts in guesses) learns about them, as in every
 * set intersection. Received files are checked: canonical points on the curve, none twice, none of
 * small order.
 *
 * <p>Must not know Spark, the lake or the command line.
 */
package dev.tributary.pipelines.identity.privacy.psi;
