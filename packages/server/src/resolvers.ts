import { AssessmentResolver } from './assessment/assessment.resolver.js'
import { Deduction } from './assessment/assessment.entity.js'
import { DeductionResolver } from './assessment/deduction.resolver.js'
import { HazardPhotosResolver } from './attachment/attachment.resolver.js'
import { fileResolver } from './attachment/fileResolver.js'
import { BoardResolver } from './board/board.resolver.js'
import { BoardLinkResolver } from './board/boardLink.resolver.js'
import { BoardMapResolver } from './board/boardMap.resolver.js'
import { BoardPlanResolver } from './board/boardPlan.resolver.js'
import { BoardHistoryResolver } from './board/history.resolver.js'
import { BoardMeetingResolver } from './board/meeting.resolver.js'
import { WallResolver } from './board/wall.resolver.js'
import { CampaignResolver } from './campaign/campaign.resolver.js'
import { CampaignTaskResolver } from './campaign/campaignTask.resolver.js'
import { ExemptionResolver } from './campaign/exemption.resolver.js'
import { Nomination, Showcase } from './campaign/nomination.entity.js'
import { NominationResolver } from './campaign/nomination.resolver.js'
import { PolicyResolver } from './campaign/policy.resolver.js'
import { ProgressResolver } from './campaign/progress.resolver.js'
import { UnitResolver } from './campaign/unit.resolver.js'
import { ChecklistResolver } from './checklist/checklist.resolver.js'
import { ItemsResolver } from './checklist/items.resolver.js'
import { NormEditingResolver } from './checklist/normEditing.resolver.js'
import { TailoringResolver } from './checklist/tailoring.resolver.js'
import { TemplateResolver } from './checklist/template.resolver.js'
import { TemplateEditingResolver } from './checklist/templateEditing.resolver.js'
import { UpgradeResolver } from './checklist/upgrade.resolver.js'
import { DivisionResolver } from './division/division.resolver.js'
import { StationResolver } from './division/station.resolver.js'
import { DutyResolver } from './duty.resolver.js'
import { AccidentResolver } from './dossier/accident.resolver.js'
import { CertificateResolver } from './dossier/certificate.resolver.js'
import { DossierDocument } from './dossier/document.entity.js'
import { DocumentResolver } from './dossier/document.resolver.js'
import { DossierResolver } from './dossier/dossier.resolver.js'
import { DrillResolver } from './dossier/drill.resolver.js'
import { EquipmentResolver } from './dossier/equipment.resolver.js'
import { PackResolver } from './dossier/pack.resolver.js'
import { RequirementResolver } from './dossier/requirement.resolver.js'
import { DossierRulesResolver } from './dossier/rules.resolver.js'
import { TrainingResolver } from './dossier/training.resolver.js'
import { DoubtResolver } from './doubt/doubt.resolver.js'
import { EnterpriseResolver } from './enterprise/enterprise.resolver.js'
import { RegisterResolver } from './enterprise/register.resolver.js'
import { WorkshopResolver } from './enterprise/workshop.resolver.js'
import { BulkResolver } from './hazard/bulk.resolver.js'
import { ClosureResolver } from './hazard/closure.resolver.js'
import { ExtensionResolver } from './hazard/extension.resolver.js'
import { HazardChangesResolver } from './hazard/hazardChanges.resolver.js'
import { HazardResolver } from './hazard/hazard.resolver.js'
import { RectificationResolver } from './hazard/rectification.resolver.js'
import { SimilarResolver } from './hazard/similar.resolver.js'
import { DelegationResolver } from './remind/delegation.resolver.js'
import { HookResolver } from './remind/hook.resolver.js'
import { InboxResolver } from './remind/inbox.resolver.js'
import { InboxChangesResolver } from './remind/inboxChanges.resolver.js'
import { ReminderChoiceResolver } from './remind/reminderChoice.resolver.js'
import { BatchResolver } from './letter/batch.resolver.js'
import { LetterFilesResolver, LetterCopyFilesResolver } from './letter/letterFiles.js'
import { LetterIssueResolver } from './letter/issue.resolver.js'
import { LetterReceiptResolver } from './letter/receipt.resolver.js'
import { LetterResolver } from './letter/letter.resolver.js'
import { HistoryResolver } from './history/history.resolver.js'
import { RulesResolver } from './hazard/rules.resolver.js'
import { SupervisionResolver } from './hazard/supervision.resolver.js'
import { CardResolver } from './card/card.resolver.js'
import { CardOfficeResolver } from './card/cardOffice.resolver.js'
import { CalendarResolver } from './inspection/calendar.resolver.js'
import { CheckFilesResolver, SignatureFilesResolver } from './inspection/checkFiles.resolver.js'
import { CheckTodoResolver } from './inspection/checkTodo.resolver.js'
import { CheckingResolver } from './inspection/checking.resolver.js'
import { ClearanceResolver } from './inspection/clearance.resolver.js'
import { RoutineResolver } from './inspection/routine.resolver.js'
import { OutsideResolver } from './public/outside.resolver.js'
import { PublicReportFiles } from './public/publicReport.resolver.js'
import { TriageResolver } from './public/triage.resolver.js'
import { QuestionResolver } from './question/question.resolver.js'
import { QuestionResultResolver } from './question/questionResult.resolver.js'
import { TokenResolver } from './question/token.resolver.js'
import { CodeEditingResolver } from './standard/codeEditing.resolver.js'
import { CriterionResolver } from './standard/criterion.resolver.js'
import { CriterionEditingResolver } from './standard/criterionEditing.resolver.js'
import { Norm } from './standard/norm.entity.js'
import { NormResolver } from './standard/norm.resolver.js'
import { RuleSetsResolver } from './standard/ruleSets.resolver.js'
import { SummaryResolver } from './report/summary.resolver.js'
import { SummaryReviewResolver } from './report/review.resolver.js'
import { SummaryWritingResolver } from './report/writing.resolver.js'
import { UpwardResolver } from './report/upward.resolver.js'
import { SummaryYearResolver } from './report/year.resolver.js'
import { RiskAssessmentResolver } from './risk/riskAssessment.resolver.js'
import { FloorAreaResolver } from './risk/floorArea.resolver.js'
import { FloorMarkResolver } from './risk/floorMark.resolver.js'
import { FloorPlan } from './risk/floorPlan.entity.js'
import { FloorPlanResolver } from './risk/floorPlan.resolver.js'
import { MeasureResolver } from './risk/measure.resolver.js'
import { PostRiskResolver, WorkshopRiskResolver } from './risk/partColor.resolver.js'
import { PlanColorResolver } from './risk/planColor.resolver.js'
import { PresetResolver } from './risk/preset.resolver.js'
import { RiskHazardResolver } from './risk/riskHazard.resolver.js'
import { RiskPointResolver } from './risk/riskPoint.resolver.js'
import { StandingResolver } from './risk/standing.resolver.js'
import { RiskStatisticsResolver } from './statistics/riskStatistics.resolver.js'
import { StandardisationResolver } from './statistics/standardisation.resolver.js'
import { FiveSAuditResolver } from './site/fiveSAudit.resolver.js'
import { FiveSStandardResolver } from './site/fiveSStandard.resolver.js'
import { SITE_OWNERS } from './site/owners.entity.js'
import { PostStandingResolver } from './site/postStanding.resolver.js'
import { RiskNoticeResolver } from './site/riskNotice.resolver.js'
import { SignResolver } from './site/sign.resolver.js'
import { SignTaskResolver } from './site/signTask.resolver.js'
import { SiteHazardResolver } from './site/siteHazard.resolver.js'
import { SiteRulesResolver } from './site/siteRules.resolver.js'
import { SixHavesResolver } from './site/sixHaves.resolver.js'
import { ViolationResolver } from './site/violation.resolver.js'
import { StatisticsResolver } from './statistics/statistics.resolver.js'
import { AccountResolver } from './person/account.resolver.js'
import { IdentityResolver } from './person/external/identity.resolver.js'
import { OwnResolver } from './person/own.resolver.js'
import { SignInResolver } from './person/signIn.resolver.js'

/** Norms come as Word and PDF files, too. */
const NormFiles = fileResolver(Norm)
import { FrequencyResolver } from './visit/frequency.resolver.js'
import { VisitResolver } from './visit/visit.resolver.js'

export const RESOLVERS = [
  AssessmentResolver,
  RiskAssessmentResolver,
  DeductionResolver,
  StatisticsResolver,
  StandardisationResolver,
  SummaryResolver,
  SummaryReviewResolver,
  SummaryWritingResolver,
  SummaryYearResolver,
  UpwardResolver,
  HazardResolver,
  ClosureResolver,
  RectificationResolver,
  SupervisionResolver,
  ExtensionResolver,
  BulkResolver,
  SimilarResolver,
  InboxResolver,
  DelegationResolver,
  HookResolver,
  InboxChangesResolver,
  ReminderChoiceResolver,
  HazardPhotosResolver,
  SignInResolver,
  OwnResolver,
  AccountResolver,
  IdentityResolver,
  EnterpriseResolver,
  RegisterResolver,
  DutyResolver,
  WorkshopResolver,
  DivisionResolver,
  StationResolver,
  CriterionResolver,
  CriterionEditingResolver,
  NormResolver,
  NormFiles,
  NormEditingResolver,
  TemplateResolver,
  TemplateEditingResolver,
  CodeEditingResolver,
  ChecklistResolver,
  TailoringResolver,
  ItemsResolver,
  UpgradeResolver,
  RulesResolver,
  RiskPointResolver,
  MeasureResolver,
  RiskHazardResolver,
  StandingResolver,
  WorkshopRiskResolver,
  PostRiskResolver,
  PresetResolver,
  FloorPlanResolver,
  FloorMarkResolver,
  FloorAreaResolver,
  PlanColorResolver,
  fileResolver(Deduction),
  fileResolver(FloorPlan),
  RiskStatisticsResolver,
  HistoryResolver,
  HazardChangesResolver,
  CheckingResolver,
  CheckTodoResolver,
  CheckFilesResolver,
  SignatureFilesResolver,
  CalendarResolver,
  RoutineResolver,
  ClearanceResolver,
  CardResolver,
  CardOfficeResolver,
  BoardResolver,
  BoardLinkResolver,
  BoardMapResolver,
  BoardPlanResolver,
  BoardHistoryResolver,
  BoardMeetingResolver,
  WallResolver,
  CampaignResolver,
  CampaignTaskResolver,
  ExemptionResolver,
  ProgressResolver,
  UnitResolver,
  NominationResolver,
  fileResolver(Nomination),
  fileResolver(Showcase),
  PolicyResolver,
  QuestionResolver,
  QuestionResultResolver,
  TokenResolver,
  FrequencyResolver,
  VisitResolver,
  FiveSStandardResolver,
  FiveSAuditResolver,
  ViolationResolver,
  SixHavesResolver,
  SignResolver,
  SignTaskResolver,
  RiskNoticeResolver,
  SiteHazardResolver,
  PostStandingResolver,
  SiteRulesResolver,
  ...SITE_OWNERS.map(fileResolver),
  DossierResolver,
  RequirementResolver,
  DocumentResolver,
  fileResolver(DossierDocument),
  TrainingResolver,
  EquipmentResolver,
  CertificateResolver,
  DrillResolver,
  AccidentResolver,
  DossierRulesResolver,
  PackResolver,
  LetterResolver,
  LetterIssueResolver,
  LetterReceiptResolver,
  LetterFilesResolver,
  LetterCopyFilesResolver,
  BatchResolver,
  RuleSetsResolver,
  DoubtResolver,
  OutsideResolver,
  TriageResolver,
  PublicReportFiles,
] as const
