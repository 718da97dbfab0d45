#pragma once

#include "ui/library/form_page.h"

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
class ModelPage : public FormPage<ModelBody, SaveModel> {
    Q_OBJECT

public:
    ModelPage(ScreenContext& context, QWidget* parent);

    void test();

protected:
    void write(const ModelBody& body) override;
    std::optional<ModelBody> read(QString& problem) const override;
    Result<ModelBody> bodyOf(const DefinitionVersion& version) const override;
    QString jsonOf(const ModelBody& body) const override;
    Result<void> showBody(const DefinitionVersion& version) override;
    void showBlank() override;
    void discard() override;
    void typedOn() override;

private:
    QWidget* makeForm();
    QWidget* makeTest();
    void loadSecrets();
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
    Latest m_askTest;
};

}
