package io.abgate.registry.domain;

/**
 * One labelled row to train or evaluate on.
 *
 * @param input the row as JSON text: a string (text), an array of strings (context) or an array of numbers
 * @param truth its label
 */
public record Example(String input, String truth) {}
