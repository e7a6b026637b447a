/**
 * What members say to one another, as bytes.
 *
 * <p>Promises: what is encoded decodes to the same; what is not a message of this format is refused by an exception.
 *
 * <p>Needs: nothing but the JDK.
 *
 * <p>Never: sends anything, or looks at what a message means.
 *
 * <p>Invariants named by tests: every kind there and back; any cut or foreign byte is refused or another message, never a crash of the member.
 */
@NullMarked
package dev.boreal.controlplane.message;

import org.jspecify.annotations.NullMarked;
