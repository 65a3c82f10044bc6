package io.gander.game;

import java.util.Map;
import java.util.Set;

/**
 * What a round left: plain numbers.
 *
 * @param losses by player, and parts of these such as "content" and "cycle"; one that is not finite ends the run
 * @param players which of the losses are a player's
 * @param metrics by name, such as "d_real": what the log shows; empty if the round was not measured
 */
public record Round(Map<String, Double> losses, Set<String> players, Map<String, Double> metrics) {}
