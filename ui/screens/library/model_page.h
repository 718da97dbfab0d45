#pragma once

#include "ui/screens/library/definition_page.h"
#include "ui/screens/library/form_draft.h"

class QCheckBox;
class QStackedWidget;

namespace ephor::ui {
class FactGrid;
class SimulatedTag;
class StatusBadge;
}

namespace ephor::ui::library {

class JsonBox;

/// A model at a provider: address, its name there, a secret by reference only, limits; and a test that calls it once.
class ModelPage : public DefinitionPage {
    Q_OBJECT

public:
    ModelPage(ScreenContext& context, QWidget* parent);

    void test();

    QStringList unsaved() const override { return m_drafts.keys(); }

protected:
    Result<void> showBody(const DefinitionVersion& version) override;
    void showBlank() override;
    bool isEdited() const override;
    void discard() override;
    bool send(const Saving& saving) override;
    QString typedText() const override;
    QString textOf(const DefinitionVersion& version) const override;
    QString whyNotSave() const override;

private:
    QWidget* makeForm();
    QWidget* makeTest();
    void loadSecrets();
    void fill(const ModelBody& body);
    std::optional<ModelBody> read(QString& problem) const;
    void typed();
    bool restoreDraft();
    QString key() const { return isNew() ? QString() : name(); }
    void showTested(const TestModel::Response& tested);
    void judgeTest();

    TextField* m_title;
    Select* m_provider;
    QStackedWidget* m_kindStack;
    TextField* m_address;
    TextField* m_model;
    Select* m_secret;
    QCheckBox* m_loopback;
    JsonBox* m_scenario;
    TextField* m_timeout;
    TextField* m_tokens;
    Button* m_test;
    StatusBadge* m_verdict;
    SimulatedTag* m_simulated;
    Label* m_answer;
    FactGrid* m_facts;
    InlineError* m_testError;
    ModelBody m_body;
    QString m_problem;
    FormDrafts m_drafts;
    Latest m_askTest;
    bool m_isFilling = false;
};

}
