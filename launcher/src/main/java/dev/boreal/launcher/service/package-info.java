/**
 * All rooms in one process: start, watch, trim, stop.
 *
 * <p>Promises: a start that fails closes what it had started; stopping is safe at any moment and more than once.
 *
 * <p>Needs: a configuration and a way to make the query processor.
 *
 * <p>Never: trims a journal before storage holds what is trimmed on disk and nobody may still need it.
 *
 * <p>Invariants named by tests: a commit through the adjudicator is read back from storage, also after a restart; trimming stays behind storage and behind the retention.
 */
@NullMarked
package dev.boreal.launcher.service;

import org.jspecify.annotations.NullMarked;
