/**
 * What {@code cluster.yaml} says: which processes make up a cluster, and what each is told.
 *
 * <p>Promises: the record is valid as a whole, or every fault is told at once with file, line and what is allowed; what
 * the file is silent about has a default that works.
 *
 * <p>Needs: the file's text.
 *
 * <p>Never: starts anything, or asks the register.
 *
 * <p>Invariants named by tests: every fault names its line; a process is told its own section, the cluster's id and where
 * the control plane is; what is written reads back as the same.
 */
@NullMarked
package dev.boreal.launcher.cluster;

import org.jspecify.annotations.NullMarked;
