#pragma once

#include "ui/kit/card.h"
#include "ui/screens/assurance/integrity_words.h"

namespace ephor::ui {
class Button;
class IconView;
class Label;
class LinkLabel;
}

namespace ephor::ui::assurance {

/// The integrity badge, first on the page: quiet while the record is whole, loud with the first bad entry when it is
/// not. Verifying, signing and exporting begin here.
class IntegrityCard : public Card {
    Q_OBJECT

public:
    explicit IntegrityCard(QWidget* parent = nullptr);

    void setWords(const IntegrityWords& words);
    /// It cannot be said how it stands.
    void setUnknown(const QString& why);
    /// A verification is under way; empty: none.
    void setBusy(const QString& words);
    /// Why verifying, signing and exporting are not for this person; empty: they are.
    void setRefusal(const QString& why);
    QString headline() const;

Q_SIGNALS:
    void verifyRequested();
    void signRequested();
    void exportRequested();
    void faultOpened(quint64 index);

private:
    void show(const IntegrityWords& words);

    IntegrityWords m_words;
    bool m_busy = false;
    QString m_refusal;
    IconView* m_glyph;
    Label* m_headline;
    Label* m_detail;
    LinkLabel* m_fault;
    Button* m_verify;
    Button* m_sign;
    Button* m_export;
};

}
