#pragma once

#include "ui/bridge/protection_words.h"
#include "ui/bridge/request.h"

namespace ephor::ui {

/// What kinds of things are called by people: those that Ephor knows by itself, and those of the company's own
/// detectors. One for each session, asked for once and again on demand. UI thread only.
class EntityTitles : public QObject {
    Q_OBJECT

public:
    /// The session's own; made, and asked for, with the first call.
    static EntityTitles& of(Session& session);

    /// Empty until they came; where two protections name one kind, the first title holds.
    const Entities& known() const { return m_known; }
    /// Asks again: a protection may have got a detector.
    void load();

Q_SIGNALS:
    /// Titles came or changed; whoever shows one shows it again.
    void changed();

private:
    explicit EntityTitles(Session& session);

    void loadBuiltIn();
    void loadOwn();
    void read(const std::vector<DefinitionSummary>& protections);
    void add(const KnownEntity& entity);

    Session& m_session;
    Entities m_known;
    Latest m_askBuiltIn;
    Latest m_askProtections;
};

}
