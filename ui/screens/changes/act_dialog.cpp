#include "ui/screens/changes/act_dialog.h"

#include "ui/kit/dialogs.h"
#include "ui/kit/key_value_list.h"

#include <QVBoxLayout>

namespace ephor::ui::changes {

namespace {

constexpr int factKeyWidth = 112;

void addFacts(Dialog& dialog, const ActQuestion& question)
{
    if (question.facts.empty())
        return;
    auto* facts = new KeyValueList(factKeyWidth, &dialog);
    for (const auto& [key, value] : question.facts)
        facts->addRow(key, value);
    dialog.body()->insertWidget(0, facts);
}

}

void askAct(const ActQuestion& question, QWidget* parent, std::function<void(const QString&)> then)
{
    if (question.reason == ActQuestion::Reason::none) {
        ConfirmDialog::Question ask;
        ask.title = question.title;
        ask.text = question.text;
        ask.action = question.accept;
        auto* dialog = new ConfirmDialog(ask, parent);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        addFacts(*dialog, question);
        QObject::connect(dialog, &QDialog::accepted, parent, [then] { then({}); });
        dialog->open();
        return;
    }
    ReasonDialog::Question ask;
    ask.title = question.title;
    ask.text = question.text;
    ask.reasons = question.reasons;
    ask.accept = question.accept;
    auto* dialog = new ReasonDialog(ask, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    addFacts(*dialog, question);
    QObject::connect(dialog, &QDialog::accepted, parent, [then, dialog] {
        if (dialog->outcome() == ReasonDialog::Outcome::accepted)
            then(dialog->reason());
    });
    dialog->open();
}

}
