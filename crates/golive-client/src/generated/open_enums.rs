// Generated from openapi/cloud-partner-portal.yaml. Do not edit: change the contract and run
// `cargo xtask codegen`.

//! Strings with known values, of which the wire may have others.
use crate::open_enum::open_enum;
///The status of an offer.
///
/// The spelling of the wire is kept. Compare with [`kind`](Self::kind), which
/// knows all spellings of a value and ignores case and spaces.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct OfferState(String);
///The known values of [`OfferState`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OfferStateKind {
    ///There is only a draft.
    NeverPublished,
    ///The publishing has not started.
    NotStarted,
    ///The preview is ready; the publisher has to sign off.
    WaitingForPublisherReview,
    ///A publishing is running.
    Running,
    ///The offer is live.
    Succeeded,
    ///The last publishing was canceled.
    Canceled,
    ///The last publishing failed.
    Failed,
    /// A spelling that the contract does not know.
    Unknown,
}
impl OfferStateKind {
    const SPELLINGS: &[(Self, &[&str])] = &[
        (Self::NeverPublished, &["neverPublished"]),
        (Self::NotStarted, &["notStarted"]),
        (Self::WaitingForPublisherReview, &["waitingForPublisherReview"]),
        (Self::Running, &["running"]),
        (Self::Succeeded, &["succeeded", "published"]),
        (Self::Canceled, &["canceled", "cancelled"]),
        (Self::Failed, &["failed"]),
    ];
}
open_enum!(OfferState, OfferStateKind);
///The status of an operation.
///
/// The spelling of the wire is kept. Compare with [`kind`](Self::kind), which
/// knows all spellings of a value and ignores case and spaces.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct OperationState(String);
///The known values of [`OperationState`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OperationStateKind {
    ///Accepted and not started.
    NotStarted,
    ///Under way.
    Running,
    ///Done.
    Succeeded,
    ///Failed.
    Failed,
    ///Canceled.
    Canceled,
    /// A spelling that the contract does not know.
    Unknown,
}
impl OperationStateKind {
    const SPELLINGS: &[(Self, &[&str])] = &[
        (Self::NotStarted, &["notStarted"]),
        (Self::Running, &["running", "inProgress"]),
        (Self::Succeeded, &["completed", "complete", "succeeded"]),
        (Self::Failed, &["failed"]),
        (Self::Canceled, &["canceled", "cancelled"]),
    ];
}
open_enum!(OperationState, OperationStateKind);
///The status of a step.
///
/// The spelling of the wire is kept. Compare with [`kind`](Self::kind), which
/// knows all spellings of a value and ignores case and spaces.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct StepState(String);
///The known values of [`StepState`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StepStateKind {
    ///Not started.
    NotStarted,
    ///Under way.
    InProgress,
    ///The publisher has to sign off.
    WaitingForPublisherReview,
    ///Somebody has to approve.
    WaitingForApproval,
    ///The step cannot go on; a message says why.
    Blocked,
    ///The step was rejected; a message says why.
    Rejected,
    ///Done.
    Complete,
    ///Failed.
    Failed,
    ///Canceled.
    Canceled,
    /// A spelling that the contract does not know.
    Unknown,
}
impl StepStateKind {
    const SPELLINGS: &[(Self, &[&str])] = &[
        (Self::NotStarted, &["notStarted"]),
        (Self::InProgress, &["inProgress", "running"]),
        (Self::WaitingForPublisherReview, &["waitingForPublisherReview"]),
        (Self::WaitingForApproval, &["waitingForApproval"]),
        (Self::Blocked, &["blocked"]),
        (Self::Rejected, &["rejected"]),
        (Self::Complete, &["complete", "completed", "succeeded"]),
        (Self::Failed, &["failed"]),
        (Self::Canceled, &["canceled", "cancelled"]),
    ];
}
open_enum!(StepState, StepStateKind);
///The state of a submission.
///
/// The spelling of the wire is kept. Compare with [`kind`](Self::kind), which
/// knows all spellings of a value and ignores case and spaces.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct SubmissionState(String);
///The known values of [`SubmissionState`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SubmissionStateKind {
    ///Not started.
    NotStarted,
    ///Under way.
    Running,
    ///Done.
    Succeeded,
    ///Failed.
    Failed,
    ///Canceled.
    Canceled,
    /// A spelling that the contract does not know.
    Unknown,
}
impl SubmissionStateKind {
    const SPELLINGS: &[(Self, &[&str])] = &[
        (Self::NotStarted, &["notStarted"]),
        (Self::Running, &["running", "inProgress"]),
        (Self::Succeeded, &["completed", "complete", "succeeded"]),
        (Self::Failed, &["failed"]),
        (Self::Canceled, &["canceled", "cancelled"]),
    ];
}
open_enum!(SubmissionState, SubmissionStateKind);
///What a submission does. Only `publish` and, in a table, `Publish/GoLive` are known.
///
/// The spelling of the wire is kept. Compare with [`kind`](Self::kind), which
/// knows all spellings of a value and ignores case and spaces.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct SubmissionType(String);
///The known values of [`SubmissionType`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SubmissionTypeKind {
    ///A publishing to preview.
    Publish,
    ///A go-live. The third spelling is a misprint of the documentation of 2018.
    GoLive,
    ///A cancellation.
    Cancel,
    /// A spelling that the contract does not know.
    Unknown,
}
impl SubmissionTypeKind {
    const SPELLINGS: &[(Self, &[&str])] = &[
        (Self::Publish, &["publish"]),
        (Self::GoLive, &["goLive", "publish/goLive", "publish/ggoLive"]),
        (Self::Cancel, &["cancel"]),
    ];
}
open_enum!(SubmissionType, SubmissionTypeKind);
///The slot of a submission; other words than those of a request.
///
/// The spelling of the wire is kept. Compare with [`kind`](Self::kind), which
/// knows all spellings of a value and ignores case and spaces.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Slot(String);
///The known values of [`Slot`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SlotKind {
    ///The draft.
    Draft,
    ///The preview.
    Preview,
    ///The live offer.
    Production,
    /// A spelling that the contract does not know.
    Unknown,
}
impl SlotKind {
    const SPELLINGS: &[(Self, &[&str])] = &[
        (Self::Draft, &["draft"]),
        (Self::Preview, &["staging", "preview"]),
        (Self::Production, &["production"]),
    ];
}
open_enum!(Slot, SlotKind);
///How bad a message is.
///
/// The spelling of the wire is kept. Compare with [`kind`](Self::kind), which
/// knows all spellings of a value and ignores case and spaces.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct MessageLevel(String);
///The known values of [`MessageLevel`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MessageLevelKind {
    ///For information.
    Information,
    ///A warning.
    Warning,
    ///An error.
    Error,
    /// A spelling that the contract does not know.
    Unknown,
}
impl MessageLevelKind {
    const SPELLINGS: &[(Self, &[&str])] = &[
        (Self::Information, &["information"]),
        (Self::Warning, &["warning"]),
        (Self::Error, &["error"]),
    ];
}
open_enum!(MessageLevel, MessageLevelKind);
///Whether an operation can be canceled. `canCancel` is the only value in any sample.
///
/// The spelling of the wire is kept. Compare with [`kind`](Self::kind), which
/// knows all spellings of a value and ignores case and spaces.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct CancellationRequestState(String);
///The known values of [`CancellationRequestState`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CancellationRequestStateKind {
    ///It can be canceled.
    CanCancel,
    /// A spelling that the contract does not know.
    Unknown,
}
impl CancellationRequestStateKind {
    const SPELLINGS: &[(Self, &[&str])] = &[(Self::CanCancel, &["canCancel"])];
}
open_enum!(CancellationRequestState, CancellationRequestStateKind);
///Whether an offer was migrated to Partner Center.
///
/// The spelling of the wire is kept. Compare with [`kind`](Self::kind), which
/// knows all spellings of a value and ignores case and spaces.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct MigrationStatus(String);
///The known values of [`MigrationStatus`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MigrationStatusKind {
    ///Not migrated.
    None,
    ///Migrated.
    Migrated,
    /// A spelling that the contract does not know.
    Unknown,
}
impl MigrationStatusKind {
    const SPELLINGS: &[(Self, &[&str])] = &[
        (Self::None, &["none"]),
        (Self::Migrated, &["migrated"]),
    ];
}
open_enum!(MigrationStatus, MigrationStatusKind);
///Whether an offer is locked. `none` is the only value in any sample.
///
/// The spelling of the wire is kept. Compare with [`kind`](Self::kind), which
/// knows all spellings of a value and ignores case and spaces.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct LockStatus(String);
///The known values of [`LockStatus`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LockStatusKind {
    ///Not locked.
    None,
    /// A spelling that the contract does not know.
    Unknown,
}
impl LockStatusKind {
    const SPELLINGS: &[(Self, &[&str])] = &[(Self::None, &["none"])];
}
open_enum!(LockStatus, LockStatusKind);
///The kind of an offer.
///
/// The spelling of the wire is kept. Compare with [`kind`](Self::kind), which
/// knows all spellings of a value and ignores case and spaces.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct OfferTypeId(String);
///The known values of [`OfferTypeId`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OfferTypeIdKind {
    ///A virtual machine.
    VirtualMachines,
    ///A core virtual machine.
    CoreVirtualMachines,
    /// A spelling that the contract does not know.
    Unknown,
}
impl OfferTypeIdKind {
    const SPELLINGS: &[(Self, &[&str])] = &[
        (Self::VirtualMachines, &["microsoft-azure-virtualmachines"]),
        (Self::CoreVirtualMachines, &["microsoft-azure-corevm"]),
    ];
}
open_enum!(OfferTypeId, OfferTypeIdKind);
