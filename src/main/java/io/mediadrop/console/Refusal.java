package io.mediadrop.console;

/** Why a request is not answered: the status, and a sentence for the person who has sent it. */
record Refusal(int status, String reason) {}
