/**
 * The bytes of PostgreSQL's protocol, version 3: frames and bodies of what a client says, and what it is answered.
 *
 * <p>Promises: decodes in place from the input buffer and encodes straight into the output buffer; every malformed body
 * is an {@link dev.boreal.contracts.sql.SqlException} 08P01 (22021 for text that is not UTF-8) with PostgreSQL's wording.
 *
 * <p>Needs: Netty's buffers, nothing else of Netty.
 *
 * <p>Never: knows what a message means for the session, in which order messages may come, or who sends the bytes.
 *
 * <p>Invariants named by tests: {@code MessageBodyTest}, {@code TextCacheTest}, {@code BackendMessageTest}.
 */
@NullMarked
package dev.boreal.pgwire.message;

import org.jspecify.annotations.NullMarked;
