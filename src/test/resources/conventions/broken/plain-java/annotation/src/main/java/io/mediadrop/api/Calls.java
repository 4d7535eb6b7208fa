package io.mediadrop.api;

@ApplicationScoped
class Calls {}
