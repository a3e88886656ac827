import { HazardPhotosResolver } from './attachment/attachment.resolver.js'
import { BoardResolver } from './board/board.resolver.js'
import { BoardLinkResolver } from './board/boardLink.resolver.js'
import { DivisionResolver } from './division/division.resolver.js'
import { StationResolver } from './division/station.resolver.js'
import { DutyResolver } from './duty.resolver.js'
import { EnterpriseResolver } from './enterprise/enterprise.resolver.js'
import { RegisterResolver } from './enterprise/register.resolver.js'
import { WorkshopResolver } from './enterprise/workshop.resolver.js'
import { BulkResolver } from './hazard/bulk.resolver.js'
import { ClosureResolver } from './hazard/closure.resolver.js'
import { ExtensionResolver } from './hazard/extension.resolver.js'
import { HazardChangesResolver } from './hazard/hazardChanges.resolver.js'
import { HazardResolver } from './hazard/hazard.resolver.js'
import { RectificationResolver } from './hazard/rectification.resolver.js'
import { ReminderResolver } from './hazard/reminder.resolver.js'
import { BatchResolver } from './letter/batch.resolver.js'
import { LetterFilesResolver, LetterCopyFilesResolver } from './letter/letterFiles.js'
import { LetterIssueResolver } from './letter/issue.resolver.js'
import { LetterReceiptResolver } from './letter/receipt.resolver.js'
import { LetterResolver } from './letter/letter.resolver.js'
import { HistoryResolver } from './history/history.resolver.js'
import { RulesResolver } from './hazard/rules.resolver.js'
import { SupervisionResolver } from './hazard/supervision.resolver.js'
import { QuestionResolver } from './question/question.resolver.js'
import { QuestionResultResolver } from './question/questionResult.resolver.js'
import { TokenResolver } from './question/token.resolver.js'
import { CriterionResolver } from './standard/criterion.resolver.js'
import { CriterionEditingResolver } from './standard/criterionEditing.resolver.js'
import { StatisticsResolver } from './statistics/statistics.resolver.js'
import { AccountResolver } from './person/account.resolver.js'
import { OwnResolver } from './person/own.resolver.js'
import { SignInResolver } from './person/signIn.resolver.js'

export const RESOLVERS = [
  StatisticsResolver,
  HazardResolver,
  ClosureResolver,
  RectificationResolver,
  SupervisionResolver,
  ExtensionResolver,
  BulkResolver,
  ReminderResolver,
  HazardPhotosResolver,
  SignInResolver,
  OwnResolver,
  AccountResolver,
  EnterpriseResolver,
  RegisterResolver,
  DutyResolver,
  WorkshopResolver,
  DivisionResolver,
  StationResolver,
  CriterionResolver,
  CriterionEditingResolver,
  RulesResolver,
  HistoryResolver,
  HazardChangesResolver,
  BoardResolver,
  BoardLinkResolver,
  QuestionResolver,
  QuestionResultResolver,
  TokenResolver,
  LetterResolver,
  LetterIssueResolver,
  LetterReceiptResolver,
  LetterFilesResolver,
  LetterCopyFilesResolver,
  BatchResolver,
] as const
