#include "ui/bridge/entity_titles.h"

#include "ui/bridge/definition_words.h"

#include <algorithm>

namespace ephor::ui {

namespace {

/// A company has a few protections; beyond that a kind keeps its own letters.
constexpr std::size_t mostProtectionsRead = 32;

}

EntityTitles::EntityTitles(Session& session)
    : QObject(&session)
    , m_session(session)
{
    load();
}

EntityTitles& EntityTitles::of(Session& session)
{
    if (auto* made = session.findChild<EntityTitles*>(QString(), Qt::FindDirectChildrenOnly))
        return *made;
    return *new EntityTitles(session);
}

void EntityTitles::load()
{
    if (m_known.empty())
        loadBuiltIn();
    loadOwn();
}

void EntityTitles::loadBuiltIn()
{
    // An empty protection compiles: what it may name are the kinds that Ephor knows by itself. Without an answer names
    // stand as they are stored.
    m_askBuiltIn.request<CheckProtection>(this, m_session, {}, [this](Result<CheckProtection::Response> answer) {
        if (!answer)
            return;
        for (const KnownEntity& entity : answer->entities)
            add(entity);
        Q_EMIT changed();
    });
}

void EntityTitles::loadOwn()
{
    ListDefinitions::Request ask;
    ask.kind = DefinitionKind::Protection;
    m_askProtections.request<ListDefinitions>(this, m_session, ask, [this](Result<ListDefinitions::Response> answer) {
        if (answer)
            read(answer->definitions);
    });
}

void EntityTitles::read(const std::vector<DefinitionSummary>& protections)
{
    for (std::size_t at = 0; at < std::min(protections.size(), mostProtectionsRead); ++at) {
        GetDefinition::Request ask;
        ask.kind = DefinitionKind::Protection;
        ask.name = protections[at].name;
        request<GetDefinition>(this, m_session, ask, [this](Result<DefinitionVersion> version) {
            if (!version)
                return;
            const auto body = protectionBody(version->body);
            if (!body)
                return;
            for (const OwnDetector& detector : body->detectors)
                add({detector.entity, detector.title, "custom"});
            Q_EMIT changed();
        });
    }
}

void EntityTitles::add(const KnownEntity& entity)
{
    if (std::ranges::find(m_known, entity.name, &KnownEntity::name) == m_known.end())
        m_known.push_back(entity);
}

}
