package dev.boreal.adjudicator.client;

import dev.boreal.contracts.door.Adjudicator;

/** The way to the one that leads. */
record Route(String name, Adjudicator door, long epoch) {}
