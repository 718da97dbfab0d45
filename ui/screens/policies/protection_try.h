#pragma once

#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"
#include "ui/bridge/protection_words.h"

#include <QPlainTextEdit>
#include <QTimer>
#include <optional>

namespace ephor::ui {
class Button;
class CellsModel;
class DataTable;
class FormRow;
class InlineError;
class Label;
class Select;
class StatusBadge;
class TextField;
}

namespace ephor::ui::policies {

class MarkedText;

/// A text that is pasted, what a protection finds in it, and what would go on. The text is kept nowhere.
class ProtectionTry : public QWidget {
    Q_OBJECT

public:
    ProtectionTry(ScreenContext& context, QWidget* parent);

    /// Scrolls inside: as high as there is room, whatever its words would like.
    bool hasHeightForWidth() const override { return false; }

    /// The protection as it is typed; nothing where it cannot be read.
    void setBody(std::optional<ProtectionBody> body);
    void setEntities(const Entities& known);
    /// Why no false alarm can be told now; empty where one can.
    void setExcepting(const QString& whyNot);
    void attempt();

Q_SIGNALS:
    /// Somebody says that this value, found as this kind, is none.
    void exceptWanted(const QString& entity, const QString& title, const QString& value);

private:
    QWidget* makeQuestion();
    QWidget* makeAnswer();
    void typed();
    void show(const TryProtection::Response& tried);
    void showNothing();
    void judge();
    std::optional<std::size_t> chosen() const;

    ScreenContext& m_context;
    std::optional<ProtectionBody> m_body;
    Entities m_known;
    std::vector<TriedFinding> m_findings;
    std::vector<QString> m_values; ///< the words of each finding
    QString m_whyNotExcept;
    QTimer m_pause;
    Latest m_ask;
    Select* m_surface = nullptr;
    TextField* m_tool = nullptr;
    FormRow* m_toolRow = nullptr;
    MarkedText* m_text = nullptr;
    Label* m_note = nullptr;
    StatusBadge* m_word = nullptr;
    Label* m_reason = nullptr;
    CellsModel* m_model = nullptr;
    DataTable* m_table = nullptr;
    Button* m_except = nullptr;
    QPlainTextEdit* m_after = nullptr;
    InlineError* m_error = nullptr;
};

}
