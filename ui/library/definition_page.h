#pragma once

#include "core/api/definitions.h"
#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"

class QStackedWidget;

namespace ephor::ui {
class Banner;
class Button;
class Card;
class DiffView;
class InlineError;
class ItemList;
class Label;
class LoadView;
class Segmented;
class Select;
class TextField;
}

namespace ephor::ui::library {

/// One definition with its versions at the left, its difference or an editor in the middle, where it is used below,
/// and what a kind adds at the right. Saving, conflicts and submitting are the same for every kind.
class DefinitionPage : public QWidget {
    Q_OBJECT

public:
    DefinitionPage(DefinitionKind kind, ScreenContext& context, QWidget* parent);

    void open(const QString& name, std::uint64_t version, const QString& tab);
    void openNew();
    void refresh(const TopicSet& topics);
    QString name() const { return m_name; }
    bool hasUnsavedWork() const { return m_isNew ? isEdited() : !m_name.isEmpty() && m_hasBody && isEdited(); }
    void save();
    void propose();
    /// The definitions with work that is kept here unsaved; "" is one that is new.
    virtual QStringList unsaved() const = 0;
    /// The cursor to where it is used.
    void focusUses();

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);
    void routeChanged(const ephor::ui::Route& route);
    void titleChanged();
    void notify(const ephor::ui::Notice& notice);
    /// `unsaved` may answer otherwise now.
    void draftsChanged();

protected:
    /// Beside the body of a save: which definition, on top of which version.
    struct Saving {
        Name name;
        Text<128> team;
        Line message;
        std::uint64_t expectedVersion = 0;
    };
    /// Where unsaved text was begun from.
    struct Base {
        std::uint64_t version = 0;
        std::uint64_t expected = 0;
    };

    /// Puts the parts together; called once by the kind. `views` are shown under their names after "Difference".
    void assemble(const std::vector<std::pair<QString, QWidget*>>& views, QWidget* side, int sideWidth);
    /// Shows a body in the editor, unedited. Restores unsaved text of this definition where the kind keeps it.
    virtual Result<void> showBody(const DefinitionVersion& version) = 0;
    /// An editor for something new.
    virtual void showBlank() = 0;
    virtual bool isEdited() const = 0;
    /// Forget what is typed, back to the version shown.
    virtual void discard() = 0;
    /// Sends the body, then calls `saved`. False where what is typed cannot be read, which it has marked.
    virtual bool send(const Saving& saving) = 0;
    /// What is typed as text that can be compared with `textOf` a version.
    virtual QString typedText() const = 0;
    virtual QString textOf(const DefinitionVersion& version) const = 0;
    virtual void usesKnown(const std::vector<Use>&) { }
    virtual void versionsKnown() { }
    /// Why it must not be saved now; empty where it may.
    virtual QString whyNotSave() const { return {}; }

    void edited();
    void saved(const Result<DefinitionRef>& answer);
    void setStatus(const QString& words);
    void chooseView(int index);
    Base base() const { return m_base; }
    void setBase(const Base& base) { m_base = base; }
    std::uint64_t shownVersion() const { return m_version; }
    const std::vector<VersionInfo>& versions() const { return m_versions; }
    const std::vector<Use>& uses() const { return m_uses; }
    bool isNew() const { return m_isNew; }
    Session& session() const { return m_context.session; }
    ScreenContext& context() const { return m_context; }
    QDateTime now() const { return m_context.now(); }
    /// Under the editor: what the kind has to say about it.
    QWidget* belowEditor = nullptr;

private:
    QWidget* makeVersions();
    QWidget* makeMiddle(const std::vector<std::pair<QString, QWidget*>>& views);
    QWidget* makeIdentity();
    void makeFooter(Card* card);
    QWidget* makeUses();
    void loadVersions();
    void loadBody();
    void loadUses();
    void showVersionList();
    void showDifference();
    void showTypedDifference();
    void judge();
    void moveOn();
    void tellRoute();
    std::uint64_t comparedVersion() const;

    DefinitionKind m_kind;
    ScreenContext& m_context;
    QString m_name;
    std::uint64_t m_version = 0;
    std::uint64_t m_wanted = 0;
    Base m_base;
    std::uint64_t m_against = 0; ///< after a conflict: the version to compare with
    bool m_isNew = false;
    bool m_hasBody = false;
    bool m_isSaving = false;
    bool m_wantsFocus = false;
    bool m_mayChooseView = false; ///< opened without naming a view: what the versions are may choose it
    Card* m_versionsCard = nullptr;
    ItemList* m_list = nullptr;
    LoadView* m_listView = nullptr;
    Label* m_listNote = nullptr;
    Card* m_middle = nullptr;
    Segmented* m_which = nullptr;
    QStackedWidget* m_stack = nullptr;
    DiffView* m_diff = nullptr;
    LoadView* m_diffView = nullptr;
    LoadView* m_bodyView = nullptr;
    QWidget* m_identity = nullptr;
    TextField* m_newName = nullptr;
    Select* m_newTeam = nullptr;
    Banner* m_conflict = nullptr;
    Banner* m_noTeam = nullptr;
    InlineError* m_error = nullptr;
    Label* m_status = nullptr;
    TextField* m_message = nullptr;
    Button* m_discard = nullptr;
    Button* m_save = nullptr;
    Button* m_propose = nullptr;
    Card* m_usesCard = nullptr;
    ItemList* m_usesList = nullptr;
    LoadView* m_usesView = nullptr;
    Latest m_askVersions;
    Latest m_askBody;
    Latest m_askUses;
    Latest m_askDiff;
    Latest m_askCompared;
    std::vector<VersionInfo> m_versions;
    std::vector<Use> m_uses;
    std::uint64_t m_comparedVersion = 0;
    QString m_comparedText;
};

}
