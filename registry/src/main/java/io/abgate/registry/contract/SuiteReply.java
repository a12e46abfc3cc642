package io.abgate.registry.contract;

import io.abgate.registry.domain.SuiteReport;

/** What an artifact made of a {@link SuiteOrder}, a row for each case. */
public record SuiteReply(SuiteReport report) {}
