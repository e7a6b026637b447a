/**
 * The command line.
 *
 * <p>Promises: every refusal says what is wrong and what to type instead; exit code 0 means done, 1 that it failed, 2 that the command line is wrong.
 *
 * <p>Needs: the service.
 *
 * <p>Never: signals a process that it has not recognised as Boreal's.
 *
 * <p>Invariants named by tests: status and stop find the server by its directory; a process id that went to somebody else is left alone.
 */
@NullMarked
package dev.boreal.launcher.command;

import org.jspecify.annotations.NullMarked;
