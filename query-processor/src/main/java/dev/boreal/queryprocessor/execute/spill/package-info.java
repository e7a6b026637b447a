/**
 * Temporary files for what does not fit in memory.
 *
 * <p>Promises: a run reads back as it was written; the file is gone when it is closed, and at the latest with the process.
 *
 * <p>Needs: a directory for temporary files with enough room.
 *
 * <p>Never: knows a type or a plan: a run is bytes.
 *
 * <p>Invariants named by tests: closing removes the file; runs of any length read back.
 */
@NullMarked
package dev.boreal.queryprocessor.execute.spill;

import org.jspecify.annotations.NullMarked;
