/**
 * A cluster of processes on this machine: started, looked at, stopped, and hurt on purpose.
 *
 * <p>Promises: a start on a directory that has a cluster continues it; what is told names the member and what to do.
 *
 * <p>Needs: a directory, free ports of the loopback interface, and {@code setsid} or {@code nohup}.
 *
 * <p>Never: signals a process that it does not know by id and start time.
 *
 * <p>Invariants named by tests: a cluster goes up, survives the loss of each member, comes back, goes down.
 */
@NullMarked
package dev.boreal.launcher.supervision;

import org.jspecify.annotations.NullMarked;
