#pragma once

#include "ui/bridge/definition_words.h"
#include "ui/library/definition_page.h"
#include "ui/library/form_draft.h"
#include "ui/library/form_parts.h"

namespace ephor::ui::library {

/// A definition that is a form: what is typed is kept as a draft while the person is elsewhere, compared with what is
/// saved, and sent by `SaveOp`. The kind says what stands where.
template <class Body, class SaveOp> class FormPage : public DefinitionPage {
public:
    QStringList unsaved() const override { return m_drafts.keys(); }

protected:
    using DefinitionPage::DefinitionPage;

    /// Puts a body into the form.
    virtual void write(const Body& body) = 0;
    /// What is typed; nothing where a part cannot be read, `problem` then says why.
    virtual std::optional<Body> read(QString& problem) const = 0;
    virtual Result<Body> bodyOf(const DefinitionVersion& version) const = 0;
    /// As the difference shows it.
    virtual QString jsonOf(const Body& body) const = 0;
    /// Something is typed, and the page knows of it.
    virtual void typedOn() { }

    /// Called once by the kind, with the parts that hold the fields: from now on a change is somebody typing.
    void formMade(std::vector<QWidget*> parts)
    {
        m_drafts = FormDrafts(std::move(parts));
        m_isFilling = false;
    }

    void fill(const Body& body)
    {
        m_isFilling = true;
        write(body);
        m_isFilling = false;
        // What the form gives back is what typing is compared with: a schema is indented, a header trimmed.
        m_body = body;
        QString ignored;
        if (auto shown = read(ignored))
            m_body = std::move(*shown);
    }

    /// Typed before and not saved, where there is such.
    bool restoreDraft()
    {
        if (!m_drafts.has(key()))
            return false;
        m_isFilling = true;
        const FormDrafts::Begun begun = m_drafts.restore(key());
        m_isFilling = false;
        if (!isNew())
            setBase({begun.version, begun.expected});
        return true;
    }

    void typed()
    {
        // A highlighter says that its text changed when it has only coloured it, also on a page that shows nothing yet.
        if (m_isFilling || (name().isEmpty() && !isNew()))
            return;
        const QString problem = whyNotSave();
        const bool changed = isEdited();
        if (changed)
            m_drafts.keep(key(), {base().version, base().expected});
        else
            m_drafts.forget(key());
        setStatus(!problem.isEmpty() ? problem
                : changed            ? DefinitionPage::tr("Not saved, kept here")
                                     : DefinitionPage::tr("Saved"));
        typedOn();
        edited();
    }

    Result<void> showBody(const DefinitionVersion& version) override
    {
        EPHOR_TRY(const Body body, bodyOf(version));
        fill(body);
        setStatus(restoreDraft() ? DefinitionPage::tr("Unsaved work restored") : DefinitionPage::tr("Saved"));
        return {};
    }

    void showBlank() override
    {
        fill({});
        restoreDraft();
    }

    bool isEdited() const override
    {
        QString ignored;
        const auto body = read(ignored);
        return !body || *body != m_body;
    }

    void discard() override
    {
        m_drafts.forget(key());
        fill(Body(m_body));
    }

    QString whyNotSave() const override
    {
        QString problem;
        read(problem);
        return problem;
    }

    bool send(const Saving& saving) override
    {
        QString ignored;
        auto body = read(ignored);
        if (!body)
            return false;
        request<SaveOp>(this, session(),
            {saving.name, saving.team, std::move(*body), saving.message, saving.expectedVersion},
            [this](Result<typename SaveOp::Response> answer) {
                saved(answer ? Result<DefinitionRef>(answer->saved) : std::unexpected<Error>(answer.error()));
            });
        return true;
    }

    QString typedText() const override
    {
        QString ignored;
        const auto body = read(ignored);
        return jsonOf(body ? *body : m_body);
    }

    QString textOf(const DefinitionVersion& version) const override { return indentedJson(version.body); }

private:
    QString key() const { return isNew() ? QString() : name(); }

    Body m_body;
    FormDrafts m_drafts;
    bool m_isFilling = true;
};

}
