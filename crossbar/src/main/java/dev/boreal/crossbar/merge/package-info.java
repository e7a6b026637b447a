/**
 * The merge of many ordered streams into one, and how much to ask of each.
 *
 * <p>Promises: entries leave in the order (timestamp, journal), each as soon as no journal can bring an earlier one.
 *
 * <p>Needs: streams whose timestamps rise strictly.
 *
 * <p>Never: releases an entry that a journal may still precede.
 *
 * <p>Invariants named by tests: the merge equals a sort under random schedules; a merge that releases early or reorders is caught.
 */
@NullMarked
package dev.boreal.crossbar.merge;

import org.jspecify.annotations.NullMarked;
