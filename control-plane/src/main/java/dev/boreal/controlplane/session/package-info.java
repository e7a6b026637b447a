/**
 * How long a session lives: as its leader counts, and as its owner does.
 *
 * <p>Promises: a session does not end before its lease has gone by since an answered sign of life; its owner takes it for lost
 * before that.
 *
 * <p>Needs: monotonic clocks of one speed, give or take an eighth.
 *
 * <p>Never: decides the end of a session by itself; that is a decree.
 *
 * <p>Invariants named by tests: no session ends early, whoever leads; an owner that was paused knows before it acts.
 */
@NullMarked
package dev.boreal.controlplane.session;

import org.jspecify.annotations.NullMarked;
