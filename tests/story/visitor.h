#pragma once

#include "tests/contract/desk.h"
#include "tests/ui/support/ui_support.h"

#include "core/api/session.h"
#include "ui/kit/badge.h"
#include "ui/kit/button.h"
#include "ui/kit/code_view.h"
#include "ui/kit/dialogs.h"
#include "ui/screens/activity/activity_screen.h"
#include "ui/screens/assurance/assurance_screen.h"
#include "ui/screens/changes/changes_screen.h"
#include "ui/screens/home/home_screen.h"
#include "ui/screens/inbox/inbox_screen.h"
#include "ui/screens/library/library_screen.h"
#include "ui/screens/policies/policies_screen.h"
#include "ui/shell/workbench.h"

#include <QAbstractItemModel>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QTest>
#include <algorithm>

namespace ephor::story_tests {

using namespace ephor::contract_tests;
using namespace ephor::ui;

/// Somebody at the real shell, over a real workspace.
class Visitor {
public:
    Visitor(Desk& desk, CallContext context)
        : m_desk(desk)
        , m_context(std::move(context))
    {
        const auto info = m_desk.backend().call<CurrentSession>({}, m_context);
        Workbench::Settings settings;
        settings.where = QStringLiteral("Local workspace");
        settings.screens = {{QStringLiteral("home"), makeHomeScreen}, {QStringLiteral("inbox"), makeInboxScreen},
            {QStringLiteral("library"), makeLibraryScreen}, {QStringLiteral("policies"), makePoliciesScreen},
            {QStringLiteral("changes"), makeChangesScreen}, {QStringLiteral("activity"), makeActivityScreen},
            {QStringLiteral("assurance"), makeAssuranceScreen}};
        m_bench = std::make_unique<Workbench>(std::shared_ptr<Backend>(&m_desk.backend(), [](Backend*) { }),
            m_context.credential, *info, settings, nullptr);
        m_bench->resize(1280, 800);
        m_bench->show();
    }

    bool go(const QString& route)
    {
        m_bench->navigate(Route::parse(route));
        return settle();
    }
    bool settle() { return ui::test::settle(m_bench->session()); }

    /// The visible, enabled button of that object name or beginning of its text.
    QAbstractButton* button(const QString& name) const
    {
        for (QAbstractButton* each : m_bench->findChildren<QAbstractButton*>()) {
            if (each->isVisible() && each->isEnabled() && (each->objectName() == name || each->text().startsWith(name)))
                return each;
        }
        return nullptr;
    }
    CodeEditor* editor() const
    {
        for (CodeEditor* each : m_bench->findChildren<CodeEditor*>()) {
            if (each->isVisible() && !each->isReadOnly())
                return each;
        }
        return nullptr;
    }
    Dialog* dialog() const
    {
        for (Dialog* each : m_bench->findChildren<Dialog*>()) {
            if (each->isVisible())
                return each;
        }
        return nullptr;
    }

    /// Whether some visible label says these words.
    bool says(const QString& words) const
    {
        const auto labels = m_bench->findChildren<QLabel*>();
        return std::ranges::any_of(
            labels, [&words](const QLabel* label) { return label->isVisible() && label->text().contains(words); });
    }
    /// Whether a state of these words is shown.
    bool badge(const QString& words) const
    {
        const auto badges = m_bench->findChildren<StatusBadge*>();
        return std::ranges::any_of(
            badges, [&words](const StatusBadge* each) { return each->isVisible() && each->text() == words; });
    }
    /// The visible widget of a type that stands on the open page.
    template <class Widget> Widget* shown() const
    {
        for (Widget* each : m_bench->findChildren<Widget*>()) {
            if (each->isVisible())
                return each;
        }
        return nullptr;
    }
    /// The visible widget of a type by its accessible name, in the open dialog where there is one.
    template <class Widget> Widget* named(const QString& name) const
    {
        const QWidget* in = dialog() ? static_cast<const QWidget*>(dialog()) : m_bench.get();
        for (Widget* each : in->findChildren<Widget*>()) {
            if (each->isVisible() && each->accessibleName() == name)
                return each;
        }
        return nullptr;
    }
    /// Whatever the window holds to be read or said, visible or not: of every widget, and of every row of every model.
    QString everything() const
    {
        QStringList all;
        for (const QWidget* each : m_bench->findChildren<QWidget*>()) {
            for (const char* property : {"text", "plainText", "placeholderText", "toolTip", "whatsThis",
                     "accessibleName", "accessibleDescription", "windowTitle"})
                all << each->property(property).toString();
        }
        for (const QAbstractItemModel* each : m_bench->findChildren<QAbstractItemModel*>()) {
            for (int row = 0; row < each->rowCount(); ++row) {
                for (int column = 0; column < each->columnCount(); ++column) {
                    const auto cell = each->itemData(each->index(row, column));
                    for (const QVariant& value : cell)
                        all << value.toString() << value.toStringList();
                }
            }
        }
        return all.join(u'\n');
    }
    /// Chooses from the menu that is open.
    bool choose(const QString& action)
    {
        for (QMenu* menu : m_bench->findChildren<QMenu*>()) {
            QAction* const found = menu->isVisible() ? menu->findChild<QAction*>(action) : nullptr;
            if (found == nullptr || !found->isEnabled())
                continue;
            found->trigger();
            menu->close();
            return settle();
        }
        return false;
    }

    /// Clicks the act, gives the reason where one is asked for, and goes through with it.
    bool act(const QString& name, const QString& reason)
    {
        QAbstractButton* const wanted = button(name);
        if (wanted == nullptr)
            return false;
        wanted->click();
        if (!QTest::qWaitFor([this] { return dialog() != nullptr; })) {
            qWarning("no dialog came after %s", qPrintable(name));
            return false;
        }
        Dialog* const asked = dialog();
        for (QPlainTextEdit* field : asked->findChildren<QPlainTextEdit*>())
            field->setPlainText(reason);
        for (QLineEdit* field : asked->findChildren<QLineEdit*>()) {
            if (field->isVisible() && field->text().isEmpty())
                field->setText(reason);
        }
        for (QRadioButton* usual : asked->findChildren<QRadioButton*>())
            usual->click();
        for (QPlainTextEdit* field : asked->findChildren<QPlainTextEdit*>())
            field->setPlainText(reason);
        const auto buttons = asked->findChildren<Button*>();
        const auto go = std::ranges::find_if(buttons, [](Button* each) {
            return each->isVisible() && each->isEnabled() && !each->text().startsWith(QStringLiteral("Cancel"));
        });
        if (go == buttons.end()) {
            qWarning("the dialog after %s cannot be gone through with", qPrintable(name));
            return false;
        }
        (*go)->click();
        if (!QTest::qWaitFor([this] { return dialog() == nullptr; })) {
            qWarning("the dialog after %s did not close", qPrintable(name));
            return false;
        }
        return settle();
    }

private:
    Desk& m_desk;
    CallContext m_context;
    std::unique_ptr<Workbench> m_bench;
};

}
