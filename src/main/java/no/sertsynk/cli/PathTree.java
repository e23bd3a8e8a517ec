package no.sertsynk.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import no.sertsynk.model.DistinguishedNames;
import no.sertsynk.model.PathStep;
import no.sertsynk.model.PathStep.Check;
import no.sertsynk.model.PathStep.Outcome;
import no.sertsynk.model.PathStep.Source;

/** A path for people: the anchor at the top, each certificate below its issuer, with what was checked of it. */
final class PathTree {
    private final Console console;
    private final Instant at;

    /** @param at the time of validation, from which the age of what it relies on is told */
    PathTree(Console console, Instant at) {
        this.console = console;
        this.at = at;
    }

    List<String> lines(List<PathStep> path) {
        List<String> lines = new ArrayList<>();
        String indent = "  ";
        for (PathStep step : path.reversed()) {
            boolean isTop = lines.isEmpty();
            lines.add(indent + (isTop ? "" : "└─ ") + title(step));
            String below = indent + (isTop ? "  " : "   ");
            addChecks(step, below, lines);
            indent = below;
        }
        return lines;
    }

    private String title(PathStep step) {
        String name = Escape.text(DistinguishedNames.text(step.certificate().getSubjectX500Principal()));
        String until = step.certificate().getNotAfter().toInstant().toString();
        return name
                + console.faint(
                        step.isAnchor()
                                ? console.say(" (trust anchor, until ", " (tillitsanker, til ") + until + ")"
                                : console.say(" (serial ", " (serienummer ")
                                        + step.certificate().getSerialNumber() + console.say(", until ", ", til ")
                                        + until
                                        + ")");
    }

    private void addChecks(PathStep step, String indent, List<String> lines) {
        List<String> plain = new ArrayList<>();
        for (Check check : step.checks()) {
            if (check.outcome() == Outcome.PASSED
                    && check.detail().isEmpty()
                    && check.sources().isEmpty()) {
                plain.add(name(check));
            }
        }
        if (!plain.isEmpty()) {
            lines.add(indent + console.good("✓") + " " + String.join(", ", plain));
        }
        for (Check check : step.checks()) {
            if (check.outcome() != Outcome.PASSED
                    || !check.detail().isEmpty()
                    || !check.sources().isEmpty()) {
                addDetailed(check, indent, lines);
            }
        }
    }

    private void addDetailed(Check check, String indent, List<String> lines) {
        String mark = switch (check.outcome()) {
            case PASSED -> console.good("✓");
            case FAILED -> console.bad("✗");
            case UNKNOWN -> console.bad("?");
        };
        String detail = check.detail().isEmpty() ? "" : ": " + Escape.text(check.detail());
        lines.add(indent + mark + " " + name(check) + detail);
        for (Source source : check.sources()) {
            lines.add(indent + "    " + Escape.text(source(source)));
        }
    }

    private String name(Check check) {
        return switch (check.kind()) {
            case ENCODING -> console.say("encoding", "koding");
            case SIGNATURE -> console.say("signature", "signatur");
            case VALIDITY -> console.say("validity", "gyldighetstid");
            case CONSTRAINTS -> console.say("constraints", "begrensninger");
            case PROFILE -> console.say("organisation certificate", "virksomhetssertifikat");
            case REVOCATION -> console.say("revocation", "tilbakekalling");
        };
    }

    private String source(Source source) {
        return source.what() + " " + source.from() + console.say(", issued ", ", utstedt ") + source.issuedAt() + " ("
                + age(Duration.between(source.issuedAt(), at)) + ")"
                + source.nextAt()
                        .map(next -> console.say(", next by ", ", neste innen ") + next)
                        .orElse("")
                + (source.isKept() ? console.say(", kept from an earlier run", ", tatt vare på fra før") : "");
    }

    private String age(Duration age) {
        String text = age.abs().toDays() > 1
                ? age.toDays() + console.say(" days", " dager")
                : age.abs().toHours() > 0 ? age.toHours() + console.say(" h", " t") : age.toMinutes() + " min";
        return text + console.say(" old", " gammel");
    }
}
